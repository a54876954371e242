"""URLs are read as libpq reads them; what libpq would misread is explained, and no password is ever repeated."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from console.config import urls
from console.config.parameters import Conninfo
from console.errors import BadUrl

REF = "abcdefghijklmnopqrst"


def as_libpq(found: Conninfo) -> dict[str, str]:
    return {**found.params, **({"password": str(found.password)} if found.password else {})}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postgresql://", {}),
        ("postgresql:///app", {"dbname": "app"}),
        ("postgresql://localhost", {"host": "localhost"}),
        ("postgres://u:p@h:5433/d", {"user": "u", "password": "p", "host": "h", "port": "5433", "dbname": "d"}),
        ("POSTGRESQL://h/d", {"host": "h", "dbname": "d"}),
        ("postgresql+psycopg://h/d", {"host": "h", "dbname": "d"}),
        ("postgres+asyncpg://h/d", {"host": "h", "dbname": "d"}),
        ("postgis://h/d", {"host": "h", "dbname": "d"}),
        ("jdbc:postgresql://h/d?user=u&password=p", {"host": "h", "dbname": "d", "user": "u", "password": "p"}),
        ("postgresql://u@[2001:db8::1]:6432/d", {"user": "u", "host": "2001:db8::1", "port": "6432", "dbname": "d"}),
        ("postgresql://a:1,b,c:3/d", {"host": "a,b,c", "port": "1,,3", "dbname": "d"}),
        ("postgresql://a,b/d?target_session_attrs=primary", {
            "host": "a,b", "port": ",", "dbname": "d", "target_session_attrs": "primary"}),
        ("postgresql://%2Fvar%2Frun%2Fpostgresql/d", {"host": "/var/run/postgresql", "dbname": "d"}),
        ("postgresql:///d?host=/tmp&port=5433", {"host": "/tmp", "port": "5433", "dbname": "d"}),
        ("postgresql://u%40corp:p%40s%2Fs%23%3F%25@h/a%20b", {
            "user": "u@corp", "password": "p@s/s#?%", "host": "h", "dbname": "a b"}),
        ("postgresql://u:a:b@h", {"user": "u", "password": "a:b", "host": "h"}),
        ("postgresql://h?sslmode=verify-full&sslrootcert=/etc/ca.pem", {
            "host": "h", "sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}),
        ("postgresql://h/d?ssl=true", {"host": "h", "dbname": "d", "sslmode": "require"}),
        ("postgresql://h/d?sslmode=verify-full&ssl=true", {"host": "h", "dbname": "d", "sslmode": "verify-full"}),
        ("postgresql://h/d?application_name=x&client_encoding=latin1", {"host": "h", "dbname": "d"}),
        ("  'postgresql://h/d' ", {"host": "h", "dbname": "d"}),
        ('export DATABASE_URL="postgresql://h/d"', {"host": "h", "dbname": "d"}),
        ("psql 'postgresql://h/d?sslmode=require'", {"host": "h", "dbname": "d", "sslmode": "require"}),
        ("service=prod", {"service": "prod"}),
        ("host=h dbname = 'a b' user=o\\'k password='it\\'s'", {
            "host": "h", "dbname": "a b", "user": "o'k", "password": "it's"}),
    ],
)  # fmt: skip
def test_reads(text: str, expected: dict[str, str]) -> None:
    assert as_libpq(urls.parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "said", "mend"),
    [
        ("postgresql://u:s3cr3t@pw@h/d", "unescaped @", "%40"),
        ("postgresql://postgres:s3#cr3t@x#pw@h/d", "unescaped @", "%40"),
        ("postgresql://u:s3cr3t/pw@h/d", "unescaped /", "%2F"),
        ("postgresql://u:s3cr3t?pw@h/d", "unescaped ?", "%3F"),
        ("postgresql://u:pw@s3cr3t#h/d", "unescaped #", "%23"),
        ("postgresql://u:s3cr3t%pw@h/d", "a % in it", "%25"),
        ("postgresql://u:s3cr3t%ff@h/d", "is not text", "%25"),
        ("postgresql://u:s3cr3t/d", "port is not a number", "postgresql://user:password@host"),
        ("postgresql://h:70000/d", "port is not a number", "5432"),
        ("postgresql://u:s3cr3t@2001:db8::1/d", "too many colons", "postgresql://user"),
        ("postgresql:u:s3cr3t@h/d", "two slashes", "postgresql://user"),
        ("postgresql://h/d?sslmod=require", "parameter 1", "Did you mean sslmode?"),
        ("postgresql://h/d?username=x", "parameter 1", "Did you mean user?"),
        ("postgresql://h/d?password=s3cr3t&x=1", "parameter 2", "%26"),
        ("postgresql://h/d?sslmode=verify_full", "no such sslmode", "verify-full"),
        ("postgresql://h/d?connect_timeout=soon", "not a whole number", ""),
        ("postgresql://h/d?sslmode", "name=value", ""),
        ("postgresql://u:s3cr3t\n@h/d", "line break", ""),
        ("mysql://u:s3cr3t@h/d", "is for mysql", "postgresql://"),
        ("prisma+postgres://accelerate?api_key=s3cr3t", "Prisma's own service", "DIRECT_URL"),
        (f"https://supabase.com/dashboard/project/{REF}/settings", "Supabase project", f"{REF}?showConnect"),
        (f"https://{REF}.supabase.co", "Supabase project", f"db.{REF}.supabase.co"),
        ("https://supabase.com/dashboard/org/x", "web address of Supabase", "Connect"),
        ("https://console.neon.tech/app/projects/quiet-dawn-1", "web address of Neon", "ep-"),
        ("https://example.org/?p=s3cr3t", "a web address", "postgresql://"),
        ("host=h password='s3cr3t", "key=value", "single quotes"),
        ("host=h password=s3cr3t pw=1", "parameter 3", ""),
        ("host=u:s3cr3t@h", "signs in its host", "%40"),
        ("dbname=postgresql://u:s3cr3t@h/d", "signs in its dbname", ""),
        ("", "empty", "postgresql://"),
    ],
)  # fmt: skip
def test_explains(text: str, said: str, mend: str) -> None:
    with pytest.raises(BadUrl) as caught:
        urls.parse(text, what="DATABASE_URL in .env")
    error = caught.value
    assert error.exit_code == 2
    assert error.title.startswith("DATABASE_URL in .env ")
    assert said in error.title
    assert mend in error.hint
    assert "s3cr3t" not in str(error.as_dict())


@pytest.mark.parametrize(
    ("text", "params", "warning"),
    [
        ("postgresql://h/d?pgbouncer=true&connection_limit=1&schema=public",
         {"host": "h", "dbname": "d"}, "pgbouncer, connection_limit, schema"),
        ("postgresql+asyncpg://h/d?prepared_statement_cache_size=0", {"host": "h", "dbname": "d"}, "another program"),
        ("jdbc:postgresql://h/d?currentSchema=x", {"host": "h", "dbname": "d"}, "currentSchema"),
        ("postgresql://h/d?options=-c%20statement_timeout%3D5s", {"host": "h", "dbname": "d"}, "startup options"),
        ("postgresql://h/d?replication=database", {"host": "h", "dbname": "d"}, "replication"),
        ("postgresql://u:p#q@h/d", {"user": "u", "host": "h", "dbname": "d"}, "%23"),
    ],
)  # fmt: skip
def test_leaves_out_and_says_so(text: str, params: dict[str, str], warning: str) -> None:
    found = urls.parse(text)
    assert found.params == params
    assert warning in " ".join(found.warnings)


def test_keeps_the_endpoint_that_neon_is_told_without_sni() -> None:
    found = urls.parse("postgresql://h/d?options=endpoint%3Dep-cool-1234")
    assert found.params["options"] == "endpoint=ep-cool-1234"
    assert not found.warnings


@pytest.mark.parametrize(
    "password", ["[YOUR-PASSWORD]", "%5BYOUR-PASSWORD%5D", "[your_password]", "<password>", "*" * 16]
)
def test_a_placeholder_is_asked_for(password: str) -> None:
    found = urls.parse(f"postgresql://postgres:{password}@db.{REF}.supabase.co:5432/postgres")
    assert found.ask
    assert found.password is None


@pytest.mark.parametrize("word", ["prod", "demo", "SELECT 1 = 1", "public.users", "select 'postgresql://h'", "up"])
def test_other_words_are_no_addresses(word: str) -> None:
    assert not urls.addresses(word)


names = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
passwords = st.text(st.characters(min_codepoint=33, exclude_categories=("Cc", "Cs")), min_size=1, max_size=16)
hosts = st.sampled_from(["localhost", "db.example.org", "[::1]", "10.0.0.1", "%2Ftmp", "a,b", "a:5432,[::2]:6432"])


@given(user=names, password=passwords, host=hosts, database=names)
def test_a_url_means_what_it_means_to_libpq(user: str, password: str, host: str, database: str) -> None:
    text = f"postgresql://{quote(user, '')}:{quote(password, '')}@{host}/{quote(database, '')}?connect_timeout=5"
    assume("://" not in database)
    found = urls.parse(text)
    assume(not found.ask)
    assert as_libpq(found) == conninfo_to_dict(text)


@given(user=names, password=passwords, database=names)
def test_parameters_mean_what_they_mean_to_libpq(user: str, password: str, database: str) -> None:
    text = make_conninfo(host="h", user=user, password=password, dbname=database)
    assume("://" not in database)
    found = urls.parse(text)
    assume(not found.ask)
    assert as_libpq(found) == conninfo_to_dict(text)


SHAPES = [
    "postgresql://app:{}@h/d",
    "postgresql://app:{}@h:x/d?sslmode=what",
    "postgresql://h/d?password={}&nonsense=1",
    "postgresql://h/{}@x",
    "postgresql:app:{}@h",
    "host=h password={} nonsense=1",
    "host=h password='{}",
    "https://u:{}@example.supabase.co",
    "mysql://u:{}@h",
    "jdbc:postgresql://h?password={}&a",
]


@given(shape=st.sampled_from(SHAPES), middle=st.text("@#/?:%&= '\\[]abc1", max_size=8))
def test_no_error_warning_or_repr_repeats_a_password(shape: str, middle: str) -> None:
    shown = what_is_shown(shape.replace("{}", f"Zq9{middle}Xw7"))
    assert "Zq9" not in shown
    assert "Xw7" not in shown


def what_is_shown(text: str) -> str:
    try:
        return repr(urls.parse(text))
    except BadUrl as error:
        return f"{error.as_dict()} {error} {error.__cause__}"

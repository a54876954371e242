"""A host's name says who runs it, where its pooler is, and the way around."""

from __future__ import annotations

import pytest

from console.config import hosts
from console.config.hosts import Host, Pooler, Provider

REF = "abcdefghijklmnopqrst"
NEON = Host(Provider.NEON, None, "us-east-2", "ep-cool-darkness-a1b2c3d4")


@pytest.mark.parametrize(
    ("host", "port", "user", "expected"),
    [
        ("ep-cool-darkness-a1b2c3d4.us-east-2.aws.neon.tech", 5432, "", NEON),
        ("EP-cool-darkness-a1b2c3d4.us-east-2.aws.neon.tech.", 5432, "", NEON),
        ("ep-cool-darkness-a1b2c3d4-pooler.us-east-2.aws.neon.tech", 5432, "",
         Host(Provider.NEON, Pooler.TRANSACTION, "us-east-2", "ep-cool-darkness-a1b2c3d4")),
        ("ep-small-art-aqyiv0es.c-8.us-east-1.aws.neon.tech", 5432, "",
         Host(Provider.NEON, None, "us-east-1", "ep-small-art-aqyiv0es")),
        ("ep-small-art-aqyiv0es-pooler.c-8.us-east-1.aws.neon.build", 5432, "",
         Host(Provider.NEON, Pooler.TRANSACTION, "us-east-1", "ep-small-art-aqyiv0es")),
        ("ep-x-1.eastus2.azure.neon.tech", 5432, "", Host(Provider.NEON, None, "eastus2", "ep-x-1")),
        (f"db.{REF}.supabase.co", 5432, "postgres", Host(Provider.SUPABASE, None, None, REF, ipv6_only=True)),
        (f"db.{REF}.supabase.co", 6543, "postgres", Host(Provider.SUPABASE, Pooler.TRANSACTION, None, REF)),
        ("aws-1-eu-central-1.pooler.supabase.com", "5432", f"postgres.{REF}",
         Host(Provider.SUPABASE, Pooler.SESSION, "eu-central-1", REF)),
        ("aws-0-eu-central-1.pooler.supabase.com", "6543", f"reader.{REF}",
         Host(Provider.SUPABASE, Pooler.TRANSACTION, "eu-central-1", REF)),
        ("aws-0-eu-central-1.pooler.supabase.com", 6543, "postgres",
         Host(Provider.SUPABASE, Pooler.TRANSACTION, "eu-central-1")),
        ("db.example.org", 6543, "", Host()),
        ("ep-x.us-east-2.aws.neon.tech.example.org", 5432, "", Host()),
        ("localhost.example.org", 5432, "", Host()),
        ("127.example.org", 5432, "", Host()),
        *((host, 5432, "", Host(local=True))
          for host in ("", "localhost", "LOCALHOST", "127.0.0.1", "127.0.1.1", "::1", "/tmp", "@socket")),
    ],
)  # fmt: skip
def test_facts(host: str, port: str | int, user: str, expected: Host) -> None:
    assert hosts.of(host, port, user) == expected


@pytest.mark.parametrize(
    ("params", "local"),
    [
        ({}, True),
        ({"host": "/tmp,localhost"}, True),
        ({"host": "localhost,db.example.org"}, False),
        ({"host": "localhost", "hostaddr": "192.0.2.1"}, False),
        ({"hostaddr": "127.0.0.1"}, True),
        ({"service": "prod"}, False),
        ({"service": "prod", "host": "localhost"}, False),
    ],
)
def test_only_what_is_surely_here_is_local(params: dict[str, str], local: bool) -> None:
    assert hosts.of_params(params).local is local


def test_an_address_beside_the_name_hides_no_provider() -> None:
    params = {"host": "ep-x-1-pooler.us-east-2.aws.neon.tech", "hostaddr": "192.0.2.1"}
    assert hosts.of_params(params).provider is Provider.NEON


@pytest.mark.parametrize(
    ("params", "around"),
    [
        ({"host": "ep-x-1-pooler.us-east-2.aws.neon.tech", "dbname": "d"},
         {"host": "ep-x-1.us-east-2.aws.neon.tech", "dbname": "d"}),
        ({"host": "aws-0-eu-west-2.pooler.supabase.com", "port": "6543", "user": f"postgres.{REF}"},
         {"host": "aws-0-eu-west-2.pooler.supabase.com", "port": "5432", "user": f"postgres.{REF}"}),
        ({"host": f"db.{REF}.supabase.co", "port": "6543"}, {"host": f"db.{REF}.supabase.co", "port": "5432"}),
        ({"host": "ep-x-1.us-east-2.aws.neon.tech"}, None),
        ({"host": "aws-0-eu-west-2.pooler.supabase.com", "port": "5432"}, None),
        ({"host": "pooler.example.org", "port": "6543"}, None),
        ({"host": "localhost", "port": "6543"}, None),
    ],
)  # fmt: skip
def test_the_way_around_a_pooler(params: dict[str, str], around: dict[str, str] | None) -> None:
    assert hosts.around_pooler(params) == around

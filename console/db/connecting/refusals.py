"""What servers, poolers and providers say when they do not let one in, and what it means.

Errors of connecting carry no SQLSTATE, so they are told apart by their words (texts: PostgreSQL 14–18, libpq, PgBouncer
1.18, Supavisor's codes, Neon's proxy). The first rule whose words occur decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from console import errors


@dataclass(frozen=True, slots=True)
class Rule:
    """Words to look for (lower case), what it is, what to say and do; `passing` means that waiting may mend it."""

    words: tuple[str, ...]
    kind: type[errors.ConnectionFailed]
    title: str
    hint: str
    passing: bool = False


_AUTH = errors.AuthenticationFailed
_REACH = errors.Unreachable
_FAILED = errors.ConnectionFailed

TIMEOUT = Rule(
    ("timeout expired", "timed out", "connection timeout"),
    _REACH,
    "Nothing answered in time.",
    "A firewall may be in between, or the compute sleeps; try again, or give it longer with connect_timeout.",
    passing=True,
)
RULES: tuple[Rule, ...] = (
    Rule(
        ("password authentication failed", "ewrongpassword"),
        _AUTH,
        "The server does not accept this password.",
        "Check the role and the password; a password with special characters must be percent-encoded in a URL.",
    ),
    Rule(
        ("no password supplied", "password required"),
        _AUTH,
        "The server asks for a password, and there is none.",
        "Give one in the URL, PGPASSWORD, ~/.pgpass, or as password_command in the profile.",
    ),
    Rule(
        ("no pg_hba.conf entry",),
        _AUTH,
        "The server does not let this role in from here.",
        "Its pg_hba.conf has no line for this role, database, address and encryption; sslmode=require often helps.",
    ),
    Rule(
        ("peer authentication failed",),
        _AUTH,
        "The server takes only the system user of the same name here (peer).",
        "Connect over TCP with host=localhost and a password, or as that system user.",
    ),
    Rule(
        ("tenant or user not found", "enotfound", "enoidentifier"),
        _AUTH,
        "Supabase's pooler does not know this project.",
        "The user must be role.project-ref, and the host the one that the dashboard shows under Connect.",
    ),
    Rule(
        ("endpoint id is not specified", "inconsistent project name"),
        _AUTH,
        "Neon could not tell which compute is meant.",
        "Use the host name from Neon's console as it is; it carries the endpoint.",
    ),
    Rule(
        ("endpoint cannot be found", "endpoint is disabled"),
        _REACH,
        "Neon has no such compute, or it is disabled.",
        "Look at the branch and its compute in Neon's console.",
    ),
    Rule(
        ("exceeded the compute time quota", "exceeded the limit of concurrently active endpoints", "check your quotas"),
        _REACH,
        "Neon's quota is used up.",
        "It comes back with the next period or a larger plan.",
    ),
    Rule(
        ("couldn't connect to compute node", "control plane request failed", "failed to acquire permit"),
        _REACH,
        "Neon's compute is not up yet.",
        "It is waking; try again in a few seconds.",
        passing=True,
    ),
    Rule(
        ("the database system is starting up", "not yet accepting connections"),
        _REACH,
        "The server is starting up.",
        "Try again in a few seconds.",
        passing=True,
    ),
    Rule(
        ("the database system is shutting down",),
        _REACH,
        "The server is shutting down.",
        "Start it again, or wait until it is back.",
    ),
    Rule(
        ("is not allowed to connect to this endpoint", "eaddrnotallowed", "ebanned"),
        _AUTH,
        "The provider does not let this address in.",
        "Add this machine's address to the allowed ones in the provider's console.",
    ),
    Rule(
        ("emaxconnsession", "max clients reached in session mode"),
        _FAILED,
        "Supabase's session pooler has no place left.",
        "Use the transaction pooler (port 6543), or close other sessions.",
        passing=True,
    ),
    Rule(
        ("emaxconn", "too many connections", "too many clients", "remaining connection slots", "echeckouttimeout"),
        _FAILED,
        "The server has no connection left.",
        "Close some, raise max_connections, or connect through a pooler.",
        passing=True,
    ),
    Rule(
        ("ecircuitbreaker",),
        _AUTH,
        "Supabase's pooler has locked this role out for a while after failed attempts.",
        "Mend the password first, then wait some minutes.",
    ),
    Rule(
        ("unsupported startup parameter",),
        _FAILED,
        "The pooler does not take a parameter of the connection.",
        "Remove `options` from the URL, or use the direct URL.",
    ),
    Rule(
        ("server_login_retry", "server login has been failing", "query_wait_timeout", "pgbouncer cannot connect"),
        _REACH,
        "The pooler answers, but the server behind it does not.",
        "Look at the server itself; the pooler tries again by itself.",
        passing=True,
    ),
    Rule(
        ("connection is insecure", "ssl connection is required", "esslrequired"),
        _FAILED,
        "The server wants an encrypted connection.",
        "Add sslmode=require to the URL.",
    ),
    Rule(
        ("server does not support ssl",),
        _FAILED,
        "The server has no TLS, and the URL asks for it.",
        "Use sslmode=disable if the network may be trusted, or switch TLS on in the server.",
    ),
    Rule(
        ("does not match host name",),
        _FAILED,
        "The server's certificate is for another host name.",
        "Use the name that the certificate is for. sslmode=verify-ca would trust any server of that authority.",
    ),
    Rule(
        ("certificate verify failed", "root certificate file"),
        _FAILED,
        "The server's certificate could not be verified.",
        "Give the authority's certificate with sslrootcert=FILE (Supabase: Database settings in the dashboard).",
    ),
    Rule(
        ("channel binding required",),
        _FAILED,
        "The server does not offer channel binding, and the URL asks for it.",
        "Remove channel_binding=require from the URL.",
    ),
    Rule(
        ("failed to resolve host", "could not translate host name", "name or service not known"),
        _REACH,
        "There is no host of that name.",
        "Check the spelling; db.<ref>.supabase.co is IPv6 only: use the pooler's URL where there is no IPv6.",
    ),
    Rule(
        ("network is unreachable", "no route to host"),
        _REACH,
        "That address cannot be reached from here.",
        "Is a VPN missing? db.<ref>.supabase.co is IPv6 only: use the pooler's URL where there is no IPv6.",
    ),
    Rule(
        ("connection refused", "no such file or directory", "is the server running"),
        _REACH,
        "Nothing answers there.",
        "Is the server running, and are host and port right?",
    ),
    TIMEOUT,
    Rule(
        ("does not exist",),
        _FAILED,
        "There is no such database or role on that server.",
        "Check both names; `psql -l` lists the databases.",
    ),
    Rule(
        ("permission denied for database",),
        _AUTH,
        "This role may not connect to that database.",
        "Its owner can GRANT CONNECT ON DATABASE … TO the role.",
    ),
)

# The server speaks another language, or a proxy of its own.
_ELSE = Rule((), _FAILED, "The server did not let us in.", "What it says is all that is known.")


def rule_for(said: str) -> Rule:
    """Return the rule for what the driver said when connecting.

    >>> rule_for('connection failed: FATAL:  password authentication failed for user "app"').kind.__name__
    'AuthenticationFailed'
    """
    low = said.lower()
    return next((rule for rule in RULES if any(words in low for words in rule.words)), _ELSE)

"""Encryption is required where a provider runs the server, and certificates are found where this machine keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.config import tls

NEON = "ep-x-1.eu-central-1.aws.neon.tech"
SUPABASE = "aws-0-eu-west-2.pooler.supabase.com"


@pytest.mark.parametrize(
    ("params", "environ", "mode"),
    [
        ({"host": NEON}, {}, "require"),
        ({"host": SUPABASE}, {}, "require"),
        ({"host": NEON, "sslmode": "disable"}, {}, "disable"),
        ({"host": NEON}, {"PGSSLMODE": "verify-full"}, "verify-full"),
        ({"host": NEON}, {"PGSSLMODE": "prefer"}, "require"),
        ({"host": "db.example.org"}, {}, None),
        ({"host": "localhost"}, {}, None),
        ({"host": NEON, "service": "prod"}, {}, None),
        ({"host": NEON}, {"PGSERVICE": "prod"}, None),
        ({"host": "db.example.org", "sslrootcert": "system"}, {}, "verify-full"),
    ],
)
def test_mode(params: dict[str, str], environ: dict[str, str], mode: str | None) -> None:
    assert tls.settle(params, environ=environ).get("sslmode") == mode


@pytest.mark.parametrize(
    "params",
    [
        {"host": NEON, "sslmode": "verify-full"},
        {"host": NEON, "sslmode": "verify-full", "sslrootcert": "system"},
        {"host": "db.example.org", "sslrootcert": "system"},
    ],
)
def test_the_machines_bundle_is_named_by_its_path(tmp_path: Path, params: dict[str, str]) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.touch()
    settled = tls.settle(params, environ={"SSL_CERT_FILE": str(bundle), "HOME": str(tmp_path)})
    assert (settled["sslrootcert"], settled["sslmode"]) == (str(bundle), "verify-full")


@pytest.mark.parametrize(
    "params",
    [
        {"host": NEON, "sslmode": "verify-full", "sslrootcert": "/my/ca.pem"},
        {"host": NEON, "sslmode": "require"},
        {"host": SUPABASE, "sslmode": "verify-full"},
    ],
)
def test_nobodys_own_choice_is_replaced(params: dict[str, str]) -> None:
    assert tls.settle(params, environ={}) == params


def test_a_certificate_in_libpqs_own_place_is_left_to_libpq(tmp_path: Path) -> None:
    (tmp_path / ".postgresql").mkdir()
    (tmp_path / ".postgresql" / "root.crt").touch()
    params = {"host": NEON, "sslmode": "verify-full"}
    assert tls.settle(params, environ={"HOME": str(tmp_path)}) == params


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"host": NEON, "sslmode": "disable"}, "in clear"),
        ({"host": SUPABASE, "sslmode": "verify-full"}, "sslrootcert=FILE"),
        ({"host": NEON, "sslmode": "require"}, ""),
        ({"host": "db.example.org"}, ""),
    ],
)
def test_remarks(params: dict[str, str], said: str) -> None:
    remarks = " ".join(tls.remarks(params))
    assert (said in remarks) if said else not remarks

"""How a connection is encrypted when nobody said, and where the certificates lie that servers are checked against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from console.config import hosts, keywords
from console.config.hosts import Provider

_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, Red Hat
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # macOS, BSD
)
_STRONG = keywords.SSLMODES.index("require")
_CHECKED = ("verify-ca", "verify-full")


def settle(params: Mapping[str, str], *, environ: Mapping[str, str]) -> Mapping[str, str]:
    """Return the parameters with what they leave open about encryption.

    A provider's host is never spoken to in clear without being told so. `sslrootcert=system`, and verify-full without
    any certificate, become the path of this machine's bundle: the driver's own OpenSSL looks for it where there is
    none.
    """
    if "service" in params or environ.get("PGSERVICE"):
        return params  # the service file may say more, and would be overridden
    mode = params.get("sslmode") or _mode(params, environ)
    chosen = {**params, **({"sslmode": mode} if mode else {})}
    return MappingProxyType({**chosen, **_certificates(chosen, environ)})


def remarks(params: Mapping[str, str]) -> Iterator[str]:
    """Yield sentences about encryption that a person should know."""
    facts, mode = hosts.of_params(params), params.get("sslmode", "prefer")
    if facts.provider is Provider.OTHER:
        return
    if keywords.SSLMODES.index(mode) < _STRONG and "service" not in params:
        yield f"The connection to {params['host']} may go in clear, since sslmode is {mode}; require encrypts it."
    if facts.provider is Provider.SUPABASE and mode in _CHECKED and "sslrootcert" not in params:
        yield (
            "Supabase signs its servers' certificates itself: download the certificate from the dashboard "
            "(Database settings) and add sslrootcert=FILE, or the check fails."
        )


def _mode(params: Mapping[str, str], environ: Mapping[str, str]) -> str | None:
    wanted = environ.get("PGSSLMODE")
    if params.get("sslrootcert", environ.get("PGSSLROOTCERT")) == "system":
        return "verify-full"  # nothing weaker goes with it
    if hosts.of_params(params).provider is Provider.OTHER:
        return None
    strong = wanted in keywords.SSLMODES and keywords.SSLMODES.index(wanted) >= _STRONG
    return wanted if strong else "require"


def _certificates(params: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    given = params.get("sslrootcert", environ.get("PGSSLROOTCERT"))
    mode = params.get("sslmode", environ.get("PGSSLMODE", ""))
    if given not in (None, "", "system") or mode not in _CHECKED:
        return {}
    if not given and (_own_root(environ) or hosts.of_params(params).provider is Provider.SUPABASE):
        return {}
    bundle = _bundle(environ)
    return {"sslrootcert": bundle} if bundle else {}


def _own_root(environ: Mapping[str, str]) -> bool:
    """Tell whether the user has put a certificate where libpq looks by itself."""
    home = environ.get("HOME")
    return bool(home) and (Path(home or "") / ".postgresql" / "root.crt").exists()


def _bundle(environ: Mapping[str, str]) -> str | None:
    candidates = (environ.get("SSL_CERT_FILE", ""), *_BUNDLES)
    return next((path for path in candidates if path and Path(path).is_file()), None)

"""What a Supabase project's migrations take for granted, made in an empty shadow before the first of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from console.catalog.model import Key, Kind
from console.db.compose import SQL, Identifier
from console.migrations.files.folder import Folder
from console.migrations.rehearsal.laying import offers
from console.migrations.rehearsal.shadows import Place
from console.migrations.rehearsal.stage import Stage
from console.sql import statements
from console.sql.queries import load

_NAME = "supabase"
_ROLES = ("anon", "authenticated", "authenticator", "dashboard_user", "service_role", "postgres")
_ADMINISTRATORS = ("supabase_admin", "supabase_auth_admin", "supabase_storage_admin")
_EXTENSIONS = ("pgcrypto", "uuid-ossp")
# What every project has as well, put in where its migrations speak of it: the schema, and the sign of that.
_SPOKEN_OF = {"supabase_vault": ("vault", "vault."), "pg_graphql": ("graphql", "graphql.")}
_SCHEMA = "extensions"
_SEARCH_PATH = '"$user", public, extensions'
_PUBLICATION = "supabase_realtime"
PROVIDER = "Supabase"
_CREATE = SQL("CREATE EXTENSION IF NOT EXISTS {} WITH SCHEMA {}")


def belongs_to(folder: Folder) -> bool:
    """Tell whether a folder is of a Supabase project: by its format, or by where it lies."""
    return folder.format == _NAME or folder.path.absolute().parent.name == _NAME


def brought(texts: Sequence[str]) -> frozenset[Key]:
    """Return what of it belongs to no schema of Supabase's, and is not spoken of in texts of SQL."""
    names = [Key(Kind.EXTENSION, "", name) for name in (*_EXTENSIONS, *_SPOKEN_OF)]
    names.append(Key(Kind.PUBLICATION, "", _PUBLICATION))
    return frozenset(key for key in names if not any(key.name in text for text in texts))


async def lay(stage: Stage, place: Place, texts: Collection[str]) -> tuple[str, ...]:
    """Make roles, schemas, tables and functions as Supabase has them; return sentences about what was made.

    `texts` are the migrations, for what is only made where they speak of it. Where the server is shared the roles have
    to be there.
    """
    made = () if place.shared else await stage.make_roles((*_ROLES, *_ADMINISTRATORS))
    wanted = [(name, _SCHEMA) for name in _EXTENSIONS]
    wanted += [(name, schema) for name, (schema, sign) in _SPOKEN_OF.items() if any(sign in text for text in texts)]
    offered = await offers(stage.session)
    async with stage.session.writing(stage.consent, doing="making what Supabase has") as writer:
        for statement in statements.split(load("rehearsal/supabase")):
            await writer.execute(statement.text)
        for name, schema in wanted:
            if name in offered:
                await writer.execute(_CREATE.format(Identifier(name), Identifier(schema)))
        await writer.execute(load("rehearsal/set_search_path"), {"path": _SEARCH_PATH})
        await writer.execute(load("rehearsal/keep_search_path"))
    said = "stand-ins for what Supabase has: auth.users, auth.uid(), auth.role(), auth.jwt(), storage.buckets,"
    roles = (f"roles: {', '.join(made)}",) if made else ()
    return (f"{said} storage.objects, the publication supabase_realtime", *roles)

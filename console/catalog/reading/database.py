"""Builds the database, schemas, extensions, roles, default privileges, and what was granted on others' objects."""

from __future__ import annotations

from console.catalog.model import Database, DefaultPrivileges, Extension, Key, Kind, Member, Role, Schema
from console.catalog.reading import classes
from console.catalog.reading.ground import Ground, options, privileges


def build(ground: Ground) -> None:
    """Add what stands above schemas, and the schemas."""
    _database(ground)
    _roles(ground)
    _extensions(ground)
    for oid, name, owner in ground.rows["namespaces"]:
        if oid in ground.schemas and ground.ours(classes.NAMESPACE, oid):
            key = Key(Kind.SCHEMA, "", name)
            ground.add(classes.NAMESPACE, Schema(key=key, **ground.owned(classes.NAMESPACE, oid, owner)))
    _default_privileges(ground)
    _members(ground)


def _database(ground: Ground) -> None:
    for row in ground.rows["database"]:
        oid, name, owner, encoding, collate, ctype, locale, provider, limit, tablespace, settings, comment = row
        fields = ground.owned(classes.DATABASE, oid, owner) | {"comment": comment}
        database = Database(
            key=Key(Kind.DATABASE, "", ""),
            name=name,
            encoding=encoding,
            collate=collate,
            ctype=ctype,
            locale=locale,
            locale_provider=provider,
            connection_limit=limit,
            tablespace=tablespace,
            settings=options(settings),
            **fields,
        )
        ground.add(classes.DATABASE, database)


def _roles(ground: Ground) -> None:
    for row in sorted(ground.rows["roles"], key=lambda row: str(row[1])):
        oid, name, superuser, inherit, createrole, createdb, login, replication, bypass, limit, *rest = row
        member_of, settings, comment, mentioned = rest
        if not mentioned:
            continue
        ground.server_roles[name] = Role(
            key=Key(Kind.ROLE, "", name),
            oid=oid,
            comment=comment,
            superuser=superuser,
            inherit=inherit,
            create_role=createrole,
            create_database=createdb,
            login=login,
            replication=replication,
            bypass_rls=bypass,
            connection_limit=limit,
            member_of=tuple(member_of),
            settings=options(settings),
        )


def _extensions(ground: Ground) -> None:
    for oid, name, owner, version, schema, relocatable, preinstalled in ground.rows["extensions"]:
        extension = Extension(
            key=Key(Kind.EXTENSION, "", name),
            version=version,
            schema=schema,
            relocatable=relocatable,
            preinstalled=preinstalled,
            **ground.owned(classes.EXTENSION, oid, owner),
        )
        ground.add(classes.EXTENSION, extension)


def _default_privileges(ground: Ground) -> None:
    for oid, role_oid, schema, on, items in ground.rows["default_privileges"]:
        role = ground.role(role_oid)
        grants, revokes = privileges(items)
        key = Key(Kind.DEFAULT_PRIVILEGES, schema, f"{role}: {on.lower()}")
        value = DefaultPrivileges(key=key, oid=oid, role=role, schema=schema, on=on, grants=grants, revokes=revokes)
        ground.add(classes.DEFAULT_ACL, value)


def _members(ground: Ground) -> None:
    extensions = {row[0]: row[1] for row in ground.rows["extensions"]}
    schemas = {oid: name for oid, name, _ in ground.rows["namespaces"]}
    for catalog, oid, kind, schema, name, arguments in ground.rows["touched_members"]:
        grants, revokes = ground.privileges.get((catalog, oid, 0), ((), ()))
        extension = extensions.get(ground.members.get((catalog, oid), 0), "")
        key = Key(Kind(kind), schemas.get(schema, ""), name, args=arguments)
        if grants or revokes:
            ground.objects[key] = Member(key=key, oid=oid, extension=extension, grants=grants, revokes=revokes)
    for oid, _owner in ground.rows["large_objects"]:
        grants, revokes = ground.privileges.get((classes.LARGE_OBJECT, oid, 0), ((), ()))
        key = Key(Kind.LARGE_OBJECT, "", str(oid))
        comment = ground.comments.get((classes.LARGE_OBJECT, oid, 0))
        ground.objects[key] = Member(key=key, oid=oid, comment=comment, grants=grants, revokes=revokes)

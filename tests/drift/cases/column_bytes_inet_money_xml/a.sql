CREATE TABLE t (a text, b inet, c cidr, d money, e macaddr, f oid, g "char", h name);

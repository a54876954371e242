CREATE TABLE products (id int PRIMARY KEY, name text, price numeric CHECK (price > 0), stock int DEFAULT 0);
CREATE TABLE orders (id int PRIMARY KEY, customer text, total numeric, status text CHECK (status IN ('new','paid','shipped')));
CREATE TABLE items (order_id int REFERENCES orders, product_id int REFERENCES products, qty int, PRIMARY KEY (order_id, product_id));
CREATE FUNCTION order_total(o int) RETURNS numeric LANGUAGE sql STABLE AS 'select sum(qty*price) from items join products on products.id = product_id where order_id = o';
CREATE VIEW order_summary AS SELECT id, order_total(id) AS total FROM orders;
CREATE MATERIALIZED VIEW best AS SELECT product_id, sum(qty) AS n FROM items GROUP BY 1;
CREATE UNIQUE INDEX ON best (product_id);

CREATE SCHEMA auth;
CREATE TABLE auth.users (id uuid PRIMARY KEY, email text);
CREATE TABLE profiles (id uuid PRIMARY KEY REFERENCES auth.users, username text);

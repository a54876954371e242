"""How shapes are drawn as text: lines of spans in roles, never wider nor higher than the room that is given."""

-- One action of the person, by the function that the program calls.
SELECT public.log_activity('user', 'message.create', 'message', 'bench', 'A message', '{"bench": true}')

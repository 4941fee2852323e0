-- Strategy calls, as partners book them.

grant execute on function private.strategy_calls() to authenticated;
grant execute on function public.strategy_calls() to authenticated;

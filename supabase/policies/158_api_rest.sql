-- Reports of the caller's own money and team; the functions themselves look no further.

grant execute on function private.earnings_chart(integer) to authenticated;
grant execute on function public.earnings_chart(integer) to authenticated;
grant execute on function private.team_performance() to authenticated;
grant execute on function public.team_performance() to authenticated;

-- Every figure with goal, floor and status (docs/figures.md). For another day: private.kpi_report('2026-10-01').
select
    requirement, part, title, value, unit, goal, floor, status, numerator, denominator, left_out, window_from, window_to
from private.kpi_report();

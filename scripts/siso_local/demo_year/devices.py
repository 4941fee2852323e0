"""People allow messages on their devices, and some uninstall the browser again without telling anybody."""

from __future__ import annotations

from functools import partial

from siso_local.demo_year.calendar import Calendar
from siso_local.demo_year.cast import DEVICES, Device
from siso_local.demo_year.people import People
from siso_local.demo_year.stage import Stage
from siso_local.demo_year.workers import Workers

FIRST = min(device.since for device in DEVICES)


class Devices:
    def __init__(self, stage: Stage, people: People, calendar: Calendar, workers: Workers) -> None:
        self.stage, self.people, self.calendar, self.workers = stage, people, calendar, workers

    def plan(self) -> None:
        self.calendar.on(FIRST - 1, self.workers.push)  # what came before there were devices
        for device in DEVICES:
            self.calendar.on(device.since, partial(self._allow, device))

    def close_day(self) -> None:
        if self.stage.today >= FIRST:
            self.workers.push()

    def _allow(self, device: Device) -> None:
        made = self.workers.run(self.workers.outside.subscribe())
        self.stage.do(
            self.people[device.owner], "subscribe_push", endpoint=made["endpoint"], p256dh=made["keys"]["p256dh"],
            auth=made["keys"]["auth"], user_agent=device.agent,
        )  # fmt: skip
        if device.until is not None:
            self.calendar.on(device.until, lambda: self.workers.run(self.workers.outside.uninstall(made["endpoint"])))

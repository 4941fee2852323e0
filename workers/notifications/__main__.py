"""``python -m workers.notifications``"""

from workers.core import logs
from workers.core.app import serve
from workers.core.settings import load
from workers.notifications.app import Settings, build

if __name__ == "__main__":
    logs.configure("notifications")
    settings = load(Settings)
    serve(build(settings), settings)

"""``python -m workers.notifications``"""

from workers.core import logs
from workers.core.app import serve
from workers.notifications.app import Settings, build

if __name__ == "__main__":
    logs.configure("notifications")
    settings = Settings()  # type: ignore[call-arg]  # from the environment
    serve(build(settings), settings)

"""``python -m workers.commissions``"""

from workers.commissions.app import Settings, build
from workers.core import logs
from workers.core.app import serve

if __name__ == "__main__":
    logs.configure("commissions")
    settings = Settings()  # type: ignore[call-arg]  # from the environment
    serve(build(settings), settings)

"""``python -m workers.commissions``"""

from workers.commissions.app import Settings, build
from workers.core import logs
from workers.core.app import serve
from workers.core.settings import load

if __name__ == "__main__":
    logs.configure("commissions")
    settings = load(Settings)
    serve(build(settings), settings)

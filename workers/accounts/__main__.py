"""``python -m workers.accounts``"""

from workers.accounts.app import Settings, build
from workers.core import logs
from workers.core.app import serve
from workers.core.settings import load

if __name__ == "__main__":
    logs.configure("accounts")
    settings = load(Settings)
    serve(build(settings), settings)

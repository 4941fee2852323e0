import uvloop

from siso_local.gateway.app import Gateway
from siso_local.settings import Settings

if __name__ == "__main__":
    uvloop.run(Gateway(Settings.load()).run())

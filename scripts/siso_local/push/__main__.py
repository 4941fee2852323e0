import asyncio

from siso_local.push.app import main

if __name__ == "__main__":
    asyncio.run(main())

"""Runs every test of the modules beside it, with the control API of a fake that is running."""
import credentials
import faults
import operations

for module in (operations, credentials, faults):
    for name, test in list(vars(module).items()):
        if name.startswith("test_"):
            test()
            print("ok", name, flush=True)
print("all done", flush=True)

"""One gradient of the network of bench/conv-step.ts in PyTorch: `pytorch-conv-step.py ACTIVATION THREADS STEPS`, times as JSON."""
import json
import sys
import time

try:
    import torch
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit()

activation, threads, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(1)
unit = torch.nn.ReLU if activation == "relu" else torch.nn.Tanh
network = torch.nn.Sequential(
    torch.nn.Conv2d(3, 32, 5, padding=2), unit(), torch.nn.MaxPool2d(3, 2, 1),
    torch.nn.Conv2d(32, 32, 5, padding=2), unit(), torch.nn.AvgPool2d(3, 2, 1),
    torch.nn.Conv2d(32, 64, 5, padding=2), unit(), torch.nn.AvgPool2d(3, 2, 1),
    torch.nn.Flatten(), torch.nn.Linear(1024, 10),
)
images, labels = torch.randn(128, 3, 32, 32), torch.arange(128) % 10
times = []
for step in range(-3, steps):
    network.zero_grad()
    started = time.perf_counter()
    torch.nn.functional.cross_entropy(network(images), labels).backward()
    if step >= 0:
        times.append(1000 * (time.perf_counter() - started))
print(json.dumps({"median": sorted(times)[steps // 2], "version": torch.__version__}))

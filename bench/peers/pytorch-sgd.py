"""One epoch of plain SGD on MNIST, 784-128-10 relu, batch 128, in PyTorch on the CPU: the peer of bench/sgd-epoch.ts.

Usage: pytorch-sgd.py IMAGES LABELS THREADS EPOCHS. IMAGES and LABELS are MNIST's IDX files. Prints one line of JSON:
seconds of every epoch, the mean loss of the last one, and the version. Each epoch shuffles, gathers its batches, and
updates after each, as one would write it.
"""
import json
import sys
import time

try:
    import torch
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

images_path, labels_path, threads, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
torch.set_num_threads(threads)
torch.manual_seed(1)
with open(images_path, "rb") as file:
    images = torch.frombuffer(bytearray(file.read()[16:]), dtype=torch.uint8).reshape(-1, 784).float() / 255
with open(labels_path, "rb") as file:
    labels = torch.frombuffer(bytearray(file.read()[8:]), dtype=torch.uint8).long()

model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
criterion = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
batch = 128
seconds = []
mean = 0.0
for epoch in range(epochs):
    start = time.perf_counter()
    order = torch.randperm(len(images))
    total = 0.0
    steps = len(images) // batch
    for step in range(steps):
        chosen = order[step * batch : (step + 1) * batch]
        loss = criterion(model(images[chosen]), labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    seconds.append(time.perf_counter() - start)
    mean = total / steps
print(json.dumps({"seconds": seconds, "loss": mean, "version": torch.__version__}))

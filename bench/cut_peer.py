"""What igraph takes for the work of bench_min_cut: the value of a minimum cut, its graph made before the clock starts.

usage: cut_peer.py VERTICES SOURCE SINK TIMES FILE   (FILE: arcs of three numbers: from, to, capacity; 32, 32 and 64 bits)

Prints "igraph VERSION", then each time the value and the seconds; exits with 3 when there is no igraph."""

import sys
import time


def main(words):
    vertices, source, sink, times = (int(word) for word in words[:4])
    try:
        import igraph
        import numpy
    except ImportError:
        return 3
    arcs = numpy.fromfile(words[4], dtype=[("from", "u4"), ("to", "u4"), ("capacity", "u8")])
    graph = igraph.Graph(n=vertices, edges=numpy.stack((arcs["from"], arcs["to"]), axis=1), directed=True)
    capacities = arcs["capacity"].tolist()
    print("igraph", igraph.__version__)
    for _ in range(times):
        begin = time.perf_counter()
        value = graph.maxflow_value(source, sink, capacity=capacities)
        print(int(value), time.perf_counter() - begin)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

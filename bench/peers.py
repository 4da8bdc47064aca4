"""What Python libraries take for the work of bench_reach: the steps from a start to everything, start by start.

usage: peers.py LIBRARY VERTICES FILE START...   (FILE: pairs of 32-bit numbers, the arcs)

Prints "LIBRARY VERSION", then for each start the seconds, how many are reached and the most steps; exits with 3 when
there is no such library."""

import sys
import time


def with_igraph(vertices, arcs):
    import igraph

    graph = igraph.Graph(n=vertices, edges=arcs, directed=True)

    def distances(start):
        row = graph.distances(source=start, mode="out")[0]
        return [step for step in row if step != float("inf")]

    return igraph.__version__, lambda start: graph.distances(source=start, mode="out"), distances


def with_graph_tool(vertices, arcs):
    import graph_tool
    import graph_tool.topology

    graph = graph_tool.Graph(directed=True)
    graph.add_vertex(vertices)
    graph.add_edge_list(arcs)

    def distances(start):
        row = graph_tool.topology.shortest_distance(graph, source=graph.vertex(start)).a
        return row[row < vertices].tolist()

    return (
        graph_tool.__version__.split()[0],
        lambda start: graph_tool.topology.shortest_distance(graph, source=graph.vertex(start)),
        distances,
    )


def with_networkx(vertices, arcs):
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(range(vertices))
    graph.add_edges_from(arcs.tolist())
    search = networkx.single_source_shortest_path_length
    return networkx.__version__, lambda start: search(graph, start), lambda start: list(search(graph, start).values())


LIBRARIES = {"igraph": with_igraph, "graph-tool": with_graph_tool, "networkx": with_networkx}


def main(words):
    library, vertices, path, starts = words[0], int(words[1]), words[2], [int(word) for word in words[3:]]
    try:
        import numpy

        arcs = numpy.fromfile(path, dtype=numpy.uint32).reshape(-1, 2)
        version, search, distances = LIBRARIES[library](vertices, arcs)
    except ImportError:
        return 3
    print(library, version)
    for start in starts:
        begin = time.perf_counter()
        search(start)
        seconds = time.perf_counter() - begin
        steps = distances(start)
        print(seconds, len(steps), int(max(steps)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

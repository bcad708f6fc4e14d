package io.taskhub.gateway.routing;

import io.taskhub.gateway.dialect.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All routes as a tree of path segments. A literal segment wins over a prefixed one, that over a placeholder, that over
 * {@code **}; where the better match does not know the method, the next one is tried. Paths are compared as they came: a
 * percent-encoded letter is not the letter, so nothing can be spelled past the table.
 */
public final class RouteTable {
    private final Node root = new Node();
    private final Map<String, Dialect> dialects;

    /**
     * @param routes the rows
     * @param dialects path prefixes (whole segments) with the dialect of unknown paths below them
     */
    public RouteTable(List<Route> routes, Map<String, Dialect> dialects) {
        this.dialects = Map.copyOf(dialects);
        routes.forEach(this::add);
    }

    private void add(Route route) {
        Node node = root;
        for (String segment : route.path().substring(1).split("/", -1)) {
            node = node.child(segment);
        }
        for (Route other : node.routes) {
            if (other.methods().stream().anyMatch(route.methods()::contains)) {
                throw new IllegalArgumentException("two routes for the same methods of " + route.path());
            }
        }
        node.routes.add(route);
    }

    /** Looks a request up. {@code path} has no query and begins with a slash; one slash at its end is ignored. */
    public Lookup find(String method, String path) {
        int end = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
        List<Node> candidates = new ArrayList<>(2);
        Route found = root.find(method, path, 1, end, candidates);
        if (found != null) {
            return new Lookup.Found(found);
        }
        if (candidates.isEmpty()) {
            return new Lookup.Unknown(dialectOf(path));
        }
        SortedSet<String> allow = new TreeSet<>();
        for (Node node : candidates) {
            node.routes.forEach(route -> allow.addAll(route.methods()));
        }
        if (allow.contains("GET")) {
            allow.add("HEAD");
        }
        return new Lookup.WrongMethod(candidates.getFirst().routes.getFirst().dialect(), allow);
    }

    /** The dialect of the longest listed prefix of this path, problem details when there is none. */
    public Dialect dialectOf(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            Dialect dialect = dialects.get(path.substring(0, end));
            if (dialect != null) {
                return dialect;
            }
        }
        return Dialect.PROBLEM;
    }

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Node> prefixed = new HashMap<>();
        private @Nullable Node any;
        private @Nullable Node rest;
        private final List<Route> routes = new ArrayList<>(1);

        Node child(String segment) {
            if (segment.equals("**")) {
                rest = rest == null ? new Node() : rest;
                return rest;
            }
            int brace = segment.indexOf('{');
            if (brace < 0) {
                return literals.computeIfAbsent(segment, name -> new Node());
            }
            if (brace > 0) {
                return prefixed.computeIfAbsent(segment.substring(0, brace), name -> new Node());
            }
            any = any == null ? new Node() : any;
            return any;
        }

        /** Depth first, best kind of segment first; {@code candidates} collects the nodes whose path fits and whose methods do not. */
        @Nullable
        Route find(String method, String path, int from, int end, List<Node> candidates) {
            if (from > end) {
                return own(method, candidates);
            }
            int slash = path.indexOf('/', from);
            int until = slash < 0 || slash > end ? end : slash;
            String segment = path.substring(from, until);
            Route found = null;
            Node literal = literals.get(segment);
            if (literal != null) {
                found = literal.find(method, path, until + 1, end, candidates);
            }
            if (found == null && !prefixed.isEmpty()) {
                found = findPrefixed(segment, method, path, until, end, candidates);
            }
            if (found == null && any != null && !segment.isEmpty()) {
                found = any.find(method, path, until + 1, end, candidates);
            }
            if (found == null && rest != null && !segment.isEmpty()) {
                found = rest.own(method, candidates);
            }
            return found;
        }

        private @Nullable Route findPrefixed(
                String segment, String method, String path, int until, int end, List<Node> candidates) {
            for (Map.Entry<String, Node> entry : prefixed.entrySet()) {
                if (segment.length() > entry.getKey().length() && segment.startsWith(entry.getKey())) {
                    Route found = entry.getValue().find(method, path, until + 1, end, candidates);
                    if (found != null) {
                        return found;
                    }
                }
            }
            return null;
        }

        private @Nullable Route own(String method, List<Node> candidates) {
            for (Route route : routes) {
                if (route.serves(method)) {
                    return route;
                }
            }
            if (!routes.isEmpty()) {
                candidates.add(this);
            }
            return null;
        }
    }
}

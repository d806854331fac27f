package org.nutjvm.cgi.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.ups.Upses;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;

/// Asks servers when a page needs to know, each UPS once: one list is sooner there than its variables one by one.
/// UPSes of one server share a connection; a server that does not answer is asked once. Several servers are asked side
/// by side, so that a dead one costs a page one time-out, and not one for each of its UPSes.
///
/// One thread uses it.
public final class LiveUpses implements Upses, AutoCloseable {
    /// Servers asked at a time.
    private static final int SIDE_BY_SIDE = 16;

    /// For all servers of a page together. What has not answered then counts as not there.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Keyring keys;
    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();
    private final Map<String, Server> servers = new HashMap<>();

    public LiveUpses(Map<String, String> env, Keyring keys) {
        this(connectTimeout(env), UpsdClient.READ_TIMEOUT, keys);
    }

    LiveUpses(Duration connectTimeout, Duration readTimeout, Keyring keys) {
        this.keys = keys;
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
    }

    /// Whole seconds in NUT_DEFAULT_CONNECT_TIMEOUT, or the usual limit.
    static Duration connectTimeout(Map<String, String> env) {
        try {
            int seconds = Integer.parseInt(env.getOrDefault("NUT_DEFAULT_CONNECT_TIMEOUT", ""));
            return seconds > 0 ? Duration.ofSeconds(Math.min(seconds, 60)) : UpsdClient.CONNECT_TIMEOUT;
        } catch (NumberFormatException e) {
            return UpsdClient.CONNECT_TIMEOUT;
        }
    }

    /// A server and the connection to it, used by one thread at a time.
    private final class Server {
        private @Nullable UpsdClient client;
        private @Nullable UpsTrouble trouble;

        synchronized Reading read(UpsAddress address) {
            try {
                return new Reading.Known(connected(address).listVar(address.ups()));
            } catch (NutException e) {
                return new Reading.Unknown(lost(Servers.trouble(e)));
            } catch (UpsTrouble e) {
                return new Reading.Unknown(e);
            }
        }

        synchronized @Nullable String variable(UpsAddress address, String name) {
            try {
                return connected(address).getVar(address.ups(), name);
            } catch (NutException e) {
                lost(Servers.trouble(e));
                return null;
            } catch (UpsTrouble e) {
                return null;
            }
        }

        private UpsdClient connected(UpsAddress address) throws UpsTrouble {
            if (trouble != null) {
                throw trouble;
            }
            if (client == null) {
                try {
                    client = Servers.reader(address, connectTimeout, readTimeout, keys);
                } catch (UpsTrouble e) {
                    throw lost(e);
                }
            }
            return client;
        }

        private UpsTrouble lost(UpsTrouble e) {
            if (e.kind() == UpsTrouble.Kind.SERVER) {
                trouble = e;
            }
            return e;
        }

        void close() {
            if (client != null) {
                client.close();
            }
        }
    }

    @Override
    public Reading read(String ups) {
        Reading known = readings.get(ups);
        if (known == null) {
            try {
                UpsAddress address = Servers.address(ups);
                known = server(address).read(address);
            } catch (UpsTrouble e) {
                known = new Reading.Unknown(e);
            }
            readings.put(ups, known);
        }
        return known;
    }

    @Override
    public @Nullable String server(String ups, String name) {
        try {
            UpsAddress address = Servers.address(ups);
            return server(address).variable(address, name);
        } catch (UpsTrouble e) {
            return null;
        }
    }

    private Server server(UpsAddress address) {
        return servers.computeIfAbsent(address.server(), _ -> new Server());
    }

    @Override
    public void expect(List<String> upses) {
        var each = new LinkedHashMap<Server, List<String>>();
        for (String ups : upses) {
            try {
                each.computeIfAbsent(server(Servers.address(ups)), _ -> new ArrayList<>())
                        .add(ups);
            } catch (UpsTrouble e) {
                readings.put(ups, new Reading.Unknown(e));
            }
        }
        if (each.size() > 1) {
            sideBySide(new ArrayList<>(each.entrySet()));
        }
    }

    private void sideBySide(List<Map.Entry<Server, List<String>>> work) {
        var next = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < Math.min(SIDE_BY_SIDE, work.size()); i++) {
            threads.add(Thread.ofPlatform().daemon().name("servers-" + i).start(() -> {
                for (int one = next.getAndIncrement(); one < work.size(); one = next.getAndIncrement()) {
                    for (String ups : work.get(one).getValue()) {
                        readAside(work.get(one).getKey(), ups);
                    }
                }
            }));
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        for (Map.Entry<Server, List<String>> one : work) {
            for (String ups : one.getValue()) {
                readings.putIfAbsent(
                        ups,
                        new Reading.Unknown(new UpsTrouble(
                                UpsTrouble.Kind.SERVER, "no answer within " + PATIENCE.toSeconds() + " seconds")));
            }
        }
    }

    private void readAside(Server server, String ups) {
        try {
            readings.putIfAbsent(ups, server.read(Servers.address(ups)));
        } catch (UpsTrouble e) {
            readings.putIfAbsent(ups, new Reading.Unknown(e));
        }
    }

    /// Closes the connections.
    @Override
    public void close() {
        for (Server server : servers.values()) {
            server.close();
        }
    }
}

package org.nutjvm.cgi.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.board.Polled;
import org.nutjvm.cgi.pages.Fault;
import org.nutjvm.cgi.run.Keyring;
import org.nutjvm.cgi.run.Servers;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.Site;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.ConfTrouble;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.HostsConf;
import org.nutjvm.common.conf.HostsConf.Host;
import org.nutjvm.common.log.PlainLog;

/// Asks all servers of hosts.conf again and again, a few at a time, so that a dead one holds up nobody else; and sees
/// whether hosts.conf is another one.
final class Poller implements AutoCloseable {
    private static final int THREADS = 8;
    private static final Duration READ_AGAIN = Duration.ofSeconds(3);

    /// What becomes of it. Called by the poller's threads.
    interface Listener {
        /// These UPSes are to be shown; or none, and the page says why.
        void hosts(List<Host> hosts, @Nullable CgiResponse fault);

        void heard(Map<String, Polled> answers);
    }

    private static final class Job {
        final @Nullable ServerLink link;
        long due;

        Job(@Nullable ServerLink link, long due) {
            this.link = link;
            this.due = due;
        }
    }

    private final Site site;
    private final Keyring keys;
    private final Duration interval;
    private final PlainLog log;
    private final Listener listener;
    private final PriorityQueue<Job> waiting = new PriorityQueue<>((a, b) -> Long.compare(a.due - b.due, 0));
    private final Map<String, Job> servers = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable HostsConf current;
    private String complaint = "";
    private boolean closed;

    Poller(Site site, Keyring keys, Duration interval, PlainLog log, Listener listener) {
        this.site = site;
        this.keys = keys;
        this.interval = interval;
        this.log = log;
        this.listener = listener;
    }

    /// Begins. hosts.conf has been read when this returns.
    void start() {
        readHosts();
        synchronized (this) {
            waiting.add(new Job(null, System.nanoTime() + READ_AGAIN.toNanos()));
            addThreads();
        }
    }

    private synchronized void addThreads() {
        while (threads.size() < Math.min(THREADS, 1 + servers.size())) {
            threads.add(Thread.ofPlatform().daemon().name("nut-cgi-poll").start(this::work));
        }
    }

    private void work() {
        for (Job job = next(); job != null; job = next()) {
            Duration pause = READ_AGAIN;
            ServerLink link = job.link;
            if (link == null) {
                readHosts();
            } else {
                listener.heard(link.poll());
                pause = interval;
            }
            again(job, pause);
        }
    }

    private synchronized @Nullable Job next() {
        while (!closed) {
            Job first = waiting.peek();
            try {
                if (first == null) {
                    wait();
                    continue;
                }
                long left = first.due - System.nanoTime();
                if (left <= 0) {
                    return waiting.poll();
                }
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return null;
    }

    private synchronized void again(Job job, Duration pause) {
        if (closed || (job.link != null && !servers.containsValue(job))) {
            if (job.link != null) {
                job.link.close();
            }
            return;
        }
        job.due = System.nanoTime() + pause.toNanos();
        waiting.add(job);
        notifyAll();
    }

    private void readHosts() {
        HostsConf read;
        try {
            read = site.hosts();
        } catch (ConfException e) {
            if (!complaint.equals(e.getMessage())) {
                complaint = String.valueOf(e.getMessage());
                log.error(complaint);
                current = null;
                asked(List.of());
                listener.hosts(List.of(), ConfTrouble.page(HOSTS, e));
            }
            return;
        }
        complaint = "";
        if (read.equals(current)) {
            return;
        }
        current = read;
        for (Complaint each : read.complaints()) {
            log.warning(each.text());
        }
        var unique = new LinkedHashMap<String, Host>();
        for (Host host : read.hosts()) {
            unique.putIfAbsent(host.ups(), host);
        }
        var hosts = new ArrayList<>(unique.values());
        listener.hosts(hosts, hosts.isEmpty() ? noHosts() : null);
        asked(hosts);
    }

    private static final String HOSTS = "hosts.conf";

    private static CgiResponse noHosts() {
        return Fault.of(
                false,
                500,
                "No hosts to monitor",
                "hosts.conf names no UPS.",
                "Add a line for each to it: MONITOR ups@host \"description\".");
    }

    /// From now on these are asked. A server whose UPSes are the same keeps its connection.
    private void asked(List<Host> hosts) {
        var wanted = new LinkedHashMap<String, Map<String, UpsAddress>>();
        var unusable = new HashMap<String, Polled>();
        for (Host host : hosts) {
            try {
                UpsAddress address = Servers.address(host.ups());
                wanted.computeIfAbsent(address.server(), _ -> new LinkedHashMap<>())
                        .put(host.ups(), address);
            } catch (UpsTrouble e) {
                unusable.put(host.ups(), new Polled(new Reading.Unknown(e), null, new LinkedHashMap<>()));
            }
        }
        synchronized (this) {
            for (var old : new ArrayList<>(servers.entrySet())) {
                ServerLink link = old.getValue().link;
                if (link != null && !link.upses().equals(wanted.get(old.getKey()))) {
                    servers.remove(old.getKey());
                    if (waiting.remove(old.getValue())) {
                        link.close();
                    }
                }
            }
            long now = System.nanoTime();
            for (var server : wanted.entrySet()) {
                if (!servers.containsKey(server.getKey())) {
                    var job = new Job(new ServerLink(server.getValue(), keys), now);
                    servers.put(server.getKey(), job);
                    waiting.add(job);
                }
            }
            if (!threads.isEmpty()) {
                addThreads();
            }
            notifyAll();
        }
        if (!unusable.isEmpty()) {
            listener.heard(unusable);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
            for (Job job : waiting) {
                if (job.link != null) {
                    job.link.close();
                }
            }
        }
    }
}

package org.nutjvm.cgi.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.board.Polled;
import org.nutjvm.cgi.history.History;
import org.nutjvm.cgi.pages.ControlHandler;
import org.nutjvm.cgi.pages.Pages;
import org.nutjvm.cgi.run.FileSite;
import org.nutjvm.cgi.run.Keyring;
import org.nutjvm.cgi.run.LiveControl;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.UpsSample;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.HostsConf.Host;
import org.nutjvm.common.conf.NutCgiConf;
import org.nutjvm.common.conf.NutCgiConf.Listen;
import org.nutjvm.common.io.Exit;
import org.nutjvm.common.io.LocalClock;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.io.OsUser;
import org.nutjvm.common.io.Privileges;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.common.io.Signals;
import org.nutjvm.common.log.PlainLog;
import org.nutjvm.common.tls.ServerTls;

/// nut-cgi: the small server of status pages. It may run inside another program: it keeps no static state and ends by
/// returning.
public final class NutCgi {
    /// The name people type.
    public static final String PROGRAM = "nut-cgi";

    private static final String RUN_AS_USER = "nut-cgi";
    private static final String HISTORY = "/var/lib/nut-cgi";

    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private final AtomicReference<@Nullable Server> running = new AtomicReference<>();
    private final List<InetSocketAddress> open = new ArrayList<>();
    private volatile String stopped = "";

    public NutCgi(Map<String, String> env, PrintStream out, PrintStream err) {
        this.env = Map.copyOf(env);
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        var program = new NutCgi(System.getenv(), System.out, System.err);
        Signals.on("TERM", () -> program.stop("Signal 15: exiting"));
        Signals.on("INT", () -> program.stop("Signal 2: exiting"));
        Exit.now(program.run(List.of(args)));
    }

    /// Ends it; from any thread.
    public void stop(String why) {
        stopped = why;
        Server server = running.get();
        if (server != null) {
            server.stop();
        }
    }

    /// Why it does not start: a sentence for the administrator.
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /// Serves until {@link #stop}.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        var cli = Options.cli();
        CommandLine line = cli.parse(args);
        int answered = cli.answer(line, out, err);
        if (answered >= 0) {
            return line.complaint().isEmpty() ? answered : 1;
        }
        var log = new PlainLog(PROGRAM, env, err, line.count('D'));
        try {
            if (!line.operands().isEmpty()) {
                throw new Refused("There are no arguments without an option: "
                        + line.operands().getFirst());
            }
            out.println(NutVersion.banner(PROGRAM));
            out.flush();
            return serve(line, log);
        } catch (Refused e) {
            log.error("Fatal error: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            log.error("Fatal error: " + Reasons.of(e));
            return 1;
        }
    }

    private NutCgiConf conf(CommandLine line, NutPaths paths, PlainLog log) throws Refused {
        boolean named = line.has('c');
        Path file = named ? Path.of(line.last('c', "")) : paths.conf(NutCgiConf.FILE);
        if (!named && !Files.exists(file)) {
            return NutCgiConf.usual();
        }
        try {
            NutCgiConf conf = NutCgiConf.load(file);
            for (Complaint complaint : conf.complaints()) {
                log.warning(complaint.text());
            }
            for (Complaint complaint : conf.complaints()) {
                if (complaint.word().equals("READER") && complaint.level() == Complaint.Level.ERROR) {
                    throw new Refused("a READER that cannot be used could leave pages open to everybody");
                }
            }
            return conf;
        } catch (ConfException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private List<Listen> wanted(CommandLine line, NutCgiConf conf) throws Refused {
        var wanted = new ArrayList<Listen>();
        for (String text : line.all('l')) {
            wanted.add(Listen.of(text)
                    .orElseThrow(() -> new Refused("--listen takes an address and a port, as 127.0.0.1:8080 or"
                            + " [::1]:8080, not " + text)));
        }
        if (wanted.isEmpty()) {
            wanted.addAll(conf.listen());
        }
        if (wanted.isEmpty()) {
            wanted.add(new Listen("127.0.0.1", NutCgiConf.PORT));
        }
        return wanted;
    }

    private static InetSocketAddress resolved(Listen listen) throws Refused {
        try {
            InetAddress address = listen.address().equals("*")
                    ? InetAddress.getByAddress(new byte[16])
                    : InetAddress.getByName(listen.address());
            return new InetSocketAddress(address, listen.port());
        } catch (UnknownHostException e) {
            throw new Refused("there is no address " + listen.address() + ": LISTEN takes an address of this machine, a"
                    + " name of one, or *");
        }
    }

    /// Pages are for this machine alone, unless they are encrypted and for those with a password, or somebody says
    /// that it is all right.
    private static void check(Listen listen, InetSocketAddress address, NutCgiConf conf, PlainLog log) throws Refused {
        if (address.getAddress().isLoopbackAddress()
                || (conf.certfile().isPresent() && !conf.readers().isEmpty())) {
            return;
        }
        String what = conf.certfile().isPresent()
                ? "without a login"
                : conf.readers().isEmpty() ? "without encryption and login" : "without encryption";
        if (!conf.unprotected()) {
            throw new Refused("not listening on " + listen + " " + what + ": others than this machine could read, and"
                    + " listen to passwords. Set CERTFILE and READER in nut-cgi.conf, put a web server in front, or say"
                    + " ALLOW_UNPROTECTED yes there");
        }
        log.warning("listening on " + listen + " " + what + ", as ALLOW_UNPROTECTED has it");
    }

    private static @Nullable ServerTls tls(NutCgiConf conf, PlainLog log) throws IOException {
        if (conf.certfile().isEmpty()) {
            return null;
        }
        ServerTls tls = ServerTls.of(Path.of(conf.certfile().get()), conf.certident(), Instant.now());
        for (String warning : tls.warnings()) {
            log.warning(warning);
        }
        return tls;
    }

    private int serve(CommandLine line, PlainLog log) throws Refused, IOException {
        NutPaths paths = NutPaths.of(env);
        NutCgiConf conf = conf(line, paths, log);
        OsUser user = Privileges.root() ? OsUser.named(line.last('u', RUN_AS_USER)) : null;
        var systemd = SdNotify.of(env, text -> log.debug(1, text), text -> log.debug(1, text));
        systemd.prepare();
        ServerTls tls = tls(conf, log);
        try (var server = new Server(System::nanoTime, log, tls)) {
            for (Listen listen : wanted(line, conf)) {
                InetSocketAddress address = resolved(listen);
                check(listen, address, conf, log);
                int port;
                try {
                    port = server.listen(address);
                } catch (IOException e) {
                    throw new Refused("not listening on " + listen + ": " + Reasons.of(e));
                }
                synchronized (open) {
                    open.add(new InetSocketAddress(address.getAddress(), port));
                }
                log.info("listening on " + new Listen(listen.address(), port) + (tls == null ? "" : " with TLS"));
            }
            if (user != null && user.uid() != 0) {
                log.debug(1, Privileges.become(user));
            }
            try (History history = history(conf, log)) {
                return serve(server, conf, paths, tls != null, history, systemd, log);
            }
        }
    }

    /// Nothing is kept where that is not possible: pages are of use without.
    private static @Nullable History history(NutCgiConf conf, PlainLog log) {
        String directory = conf.history().orElse(HISTORY);
        if (directory.equalsIgnoreCase("none")) {
            return null;
        }
        try {
            return History.open(Path.of(directory), History.Limits.USUAL, Clock.systemUTC());
        } catch (IOException | InvalidPathException e) {
            String why = e instanceof IOException io ? Reasons.of(io) : String.valueOf(e.getMessage());
            log.warning("no history: " + directory + " cannot be used: " + why
                    + ". Make that directory for the user of nut-cgi, or name another with HISTORY in nut-cgi.conf");
            return null;
        }
    }

    private int serve(
            Server server,
            NutCgiConf conf,
            NutPaths paths,
            boolean encrypted,
            @Nullable History history,
            SdNotify systemd,
            PlainLog log)
            throws IOException {
        long start = System.nanoTime() / 1_000_000_000;
        var site = new FileSite(paths);
        var pages = new Pages(site, ZoneId.systemDefault(), history == null ? null : history::range);
        var keys = new Keyring(env, err);
        var control = new LiveControl(env, keys);
        var attempts = new Attempts(() -> System.nanoTime() / 1_000_000_000 - start);
        var controls =
                new ControlHandler(control, new Seals(() -> System.nanoTime() / 1_000_000_000 - start), encrypted);
        var desk = new Desk(
                server,
                site,
                pages,
                control,
                controls,
                new Readers(conf.readers()),
                new Names(conf.servernames(), machine()),
                attempts,
                new LocalClock(env),
                log);
        try (var poller =
                new Poller(site, keys, Duration.ofSeconds(conf.pollSeconds()), log, new ToBoard(server, history))) {
            poller.start();
            running.set(server);
            systemd.ready();
            if (stopped.isEmpty()) {
                server.run(desk, () -> {
                    desk.tick();
                    systemd.watchdog();
                });
            }
            log.info(stopped);
            systemd.stopping(stopped);
            return 0;
        } finally {
            running.set(null);
        }
    }

    /// What the poller hears becomes a new board, and is kept.
    private record ToBoard(Server server, @Nullable History history) implements Poller.Listener {
        @Override
        public void hosts(List<Host> hosts, @Nullable CgiResponse fault) {
            server.update(board -> board.hosts(hosts, fault, Instant.now()));
        }

        @Override
        public void heard(Map<String, Polled> answers) {
            Instant now = Instant.now();
            server.update(board -> board.heard(answers, now));
            if (history != null) {
                for (Map.Entry<String, Polled> answer : answers.entrySet()) {
                    if (answer.getValue().reading() instanceof Reading.Known known) {
                        history.append(UpsSample.of(answer.getKey(), now, known));
                    }
                }
            }
        }
    }

    /// Where it listens, once it does; from any thread.
    public List<InetSocketAddress> addresses() {
        synchronized (open) {
            return List.copyOf(open);
        }
    }

    private static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}

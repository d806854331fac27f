package org.nutjvm.upsmon.run;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.conf.UpsmonConf.Monitor;
import org.nutjvm.common.log.Priority;
import org.nutjvm.upsmon.decide.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection for one UPS, in a thread of its own, so that a server that is slow or dead holds up nobody else
/// (clients/upsmon.c: try_connect, do_upsd_auth, apply_for_primary, pollups, setfsd). It does what the loop asks, one
/// thing after the other, and tells the loop what came of it.
final class Poller {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    /// The loop never asks for a thing again before it has its answer, so that this is never reached.
    private static final int MOST_ASKED = 16;

    /// What can be asked for.
    sealed interface Ask {
        /// Read the status; connect first where needed.
        ///
        /// @param epoch handed back
        /// @param loginAgain whether a login that was refused is to be tried again now
        record Poll(int epoch, boolean loginAgain) implements Ask {}

        /// Set FSD.
        record Fsd() implements Ask {}

        /// Count who is logged in.
        record Logins() implements Ask {}

        /// Log out and end.
        record Leave() implements Ask {}
    }

    private final String sys;
    private final Optional<UpsAddress> address;
    private final String malformed;
    private final Network network;
    private final Consumer<Event> events;
    private final BlockingQueue<Ask> asked = new ArrayBlockingQueue<>(MOST_ASKED);
    private final Thread thread;

    private volatile Monitor monitor;
    private volatile boolean reconnect;
    private volatile boolean leaving;
    private volatile @Nullable UpsdClient client;

    // of this connection
    private boolean loggedIn;
    private String refusal = "";
    private boolean retryEachPoll;
    private boolean buzzwords;
    private boolean experimentalBuzzwords;

    /// @param events told of everything; may block
    Poller(Monitor monitor, Network network, Consumer<Event> events) {
        this.monitor = monitor;
        this.sys = monitor.sys();
        this.network = network;
        this.events = events;
        Optional<UpsAddress> parsed = Optional.empty();
        String complaint = "";
        try {
            parsed = Optional.of(UpsAddress.ofUps(sys));
        } catch (UpsAddress.Malformed e) {
            complaint = e.getMessage();
            LOG.error("Error: unable to split UPS name [{}]: {}", sys, complaint);
        }
        this.address = parsed;
        this.malformed = complaint;
        this.thread = Thread.ofPlatform().daemon().name("poll " + sys).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Asks for something; the answer comes as an event.
    void ask(Ask ask) {
        if (!asked.offer(ask)) {
            throw new IllegalStateException("too much asked of the poller of " + sys);
        }
    }

    /// Other words in the MONITOR line from now on.
    ///
    /// @param anew whether the connection is to be made anew for it
    void redefine(Monitor changed, boolean anew) {
        monitor = changed;
        reconnect |= anew;
    }

    /// Asks to log out and end, whatever else was asked.
    void leave() {
        leaving = true;
        asked.clear();
        ask(new Ask.Leave());
    }

    /// Ends the connection without a word.
    void abort() {
        leaving = true;
        thread.interrupt();
        var open = client;
        if (open != null) {
            open.close();
        }
    }

    private void run() {
        try {
            while (!leaving) {
                take(asked.take());
            }
        } catch (InterruptedException e) {
            LOG.debug("The poller of {} was told to end", sys);
        } catch (RuntimeException | Error e) {
            events.accept(new Event.Broken(e));
        }
        disconnect();
        events.accept(new Event.Left(this));
    }

    private void take(Ask ask) {
        switch (ask) {
            case Ask.Poll poll -> events.accept(new Event.Polled(this, poll.epoch(), read(poll.loginAgain())));
            case Ask.Fsd _ -> events.accept(new Event.Fsd(this, fsd()));
            case Ask.Logins _ -> events.accept(new Event.Logins(this, logins()));
            case Ask.Leave _ -> leaving = true;
        }
    }

    private Reading read(boolean loginAgain) {
        if (reconnect || (loginAgain && !refusal.isEmpty())) {
            reconnect = false;
            disconnect();
        }
        if (address.isEmpty()) {
            return new Reading.Unreachable(malformed);
        }
        UpsdClient server;
        try {
            server = connected(address.get());
        } catch (NutException e) {
            return new Reading.Unreachable(e.getMessage());
        }
        LOG.debug(Priority.D2, "pollups: {}", sys);
        try {
            if (retryEachPoll) {
                login(server);
            }
            return status(server);
        } catch (NutException e) {
            if (e.reason() == Reason.UNKCOMMAND) {
                LOG.error("UPS [{}]: Too old to monitor", sys);
            }
            if (e.reason() == Reason.UNKNOWNUPS) {
                return new Reading.Silence("[" + ups() + "] does not exist on server " + server.host());
            }
            return new Reading.Silence(e.getMessage());
        }
    }

    private Reading status(UpsdClient server) throws NutException {
        String status = server.getVar(ups(), "ups.status");
        var words = new StringBuilder();
        if (buzzwords) {
            buzzwords = optional(server, "ups.mode.buzzwords", words);
        }
        if (experimentalBuzzwords) {
            experimentalBuzzwords = optional(server, "experimental.ups.mode.buzzwords", words);
        }
        Optional<String> alarm = Optional.empty();
        if (hasWord(status, "ALARM")) {
            var text = new StringBuilder();
            if (optional(server, "ups.alarm", text)) {
                alarm = Optional.of(text.toString());
            }
        }
        return new Reading.Status(status, words.isEmpty() ? Optional.empty() : Optional.of(words.toString()), alarm);
    }

    /// Adds a variable that not every driver has.
    ///
    /// @return whether this one has it
    private boolean optional(UpsdClient server, String var, StringBuilder to) throws NutException {
        try {
            String value = server.getVar(ups(), var);
            to.append(to.isEmpty() ? "" : " ").append(value);
            return true;
        } catch (NutException e) {
            if (!e.answered()) {
                throw e;
            }
            return false;
        }
    }

    private static boolean hasWord(String status, String word) {
        return (' ' + status.toUpperCase(Locale.ROOT) + ' ').contains(' ' + word + ' ');
    }

    private String ups() {
        return address.map(UpsAddress::ups).orElse("");
    }

    /// The connection, made and logged in if there is none. That the login was refused is no reason to do without.
    private UpsdClient connected(UpsAddress to) throws NutException {
        var open = client;
        if (open != null && open.open()) {
            return open;
        }
        LOG.debug("Trying to connect to UPS [{}]", sys);
        loggedIn = false;
        refusal = "";
        retryEachPoll = false;
        buzzwords = true;
        experimentalBuzzwords = true;
        open = UpsdClient.connect(
                to.host(),
                to.port(),
                network.family(),
                network.connectTimeout(),
                network.readTimeout(),
                network.encryption().tls());
        client = open;
        tellPrivacy(open);
        if (leaving) {
            open.close();
        }
        authenticate(open);
        return open;
    }

    private static void tellPrivacy(UpsdClient server) {
        switch (server.privacy()) {
            case CLEAR -> LOG.debug("Connected to NUT server {} unencrypted", server.host());
            case FALLEN_BACK ->
                LOG.warn("Can not connect to NUT server {} in SSL, continue unencrypted", server.host());
            case ENCRYPTED -> {
                LOG.info("Connected to NUT server {} in SSL", server.host());
                LOG.warn("Certificate verification (by client) is disabled");
            }
            case VERIFIED -> LOG.info("Connected to NUT server {} in SSL", server.host());
        }
    }

    private void authenticate(UpsdClient server) {
        try {
            server.username(monitor.user());
            server.password(monitor.password());
        } catch (NutException e) {
            LOG.error("Authentication on [{}] failed: {}", sys, e.getMessage());
            refused(e);
            return;
        }
        login(server);
    }

    private void login(UpsdClient server) {
        if (!loggedIn) {
            try {
                String answer = server.command("LOGIN", ups());
                if (!answer.startsWith("OK")) {
                    LOG.error("Login on UPS [{}] failed - got [{}]", sys, answer);
                    refused(answer);
                    return;
                }
            } catch (NutException e) {
                // A server that does not know the UPS yet may know it at the next poll.
                boolean again = retryEachPoll && e.reason() == Reason.UNKNOWNUPS;
                retryEachPoll = e.reason() == Reason.UNKNOWNUPS;
                if (!again) {
                    LOG.error("Can't login to UPS [{}]: {}", sys, e.getMessage());
                    refused(e);
                }
                return;
            }
            retryEachPoll = false;
            loggedIn = true;
            LOG.debug("Logged into UPS {}", sys);
        }
        if (monitor.primary()) {
            try {
                server.primary(ups());
            } catch (NutException e) {
                LOG.error(Priority.ALERT, "Primary managerial privileges unavailable on UPS [{}]", sys);
                LOG.error(Priority.ALERT, "Reason: {}", e.getMessage());
                if (e.answered()) {
                    refused("as primary: " + e.getMessage());
                }
                return;
            }
        }
        refusal = "";
        events.accept(new Event.Login(this, ""));
    }

    /// A connection that broke meanwhile is no refusal.
    private void refused(NutException e) {
        if (e.answered()) {
            refused(e.getMessage());
        }
    }

    private void refused(String why) {
        refusal = why;
        events.accept(new Event.Login(this, why));
    }

    private boolean fsd() {
        LOG.debug(Priority.D2, "Setting FSD on UPS {}", sys);
        if (address.isEmpty()) {
            return false;
        }
        try {
            String answer = connected(address.get()).command("FSD", ups());
            if (answer.startsWith("OK")) {
                LOG.debug("setfsd: data server confirmed setting FSD for UPS [{}]", sys);
                return true;
            }
            LOG.error("FSD set on UPS {} failed: {}", sys, answer);
        } catch (NutException e) {
            LOG.error("FSD set on UPS {} failed: {}", sys, e.getMessage());
        }
        return false;
    }

    private OptionalInt logins() {
        var server = client;
        if (server == null || !server.open()) {
            return OptionalInt.empty();
        }
        try {
            int count = server.getNumLogins(ups());
            return OptionalInt.of(loggedIn ? count : count + 1);
        } catch (NutException e) {
            LOG.debug("No count of logins on UPS [{}]: {}", sys, e.getMessage());
            return OptionalInt.empty();
        }
    }

    private void disconnect() {
        var open = client;
        client = null;
        if (open != null) {
            LOG.debug(Priority.D2, "Dropping connection to UPS [{}]", sys);
            open.logout();
        }
    }
}

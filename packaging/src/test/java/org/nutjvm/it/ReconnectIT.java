package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Many encrypted clients that come back all at once, and those who stay meanwhile. `-Dreconnect.clients=500` for more
/// of them, `-Dreconnect.upsmons=20` for so many real ones of each maker; `packaging/src/bench/bench reconnect` has
/// the figures.
@ExtendWith(LogsOnFailure.class)
class ReconnectIT {
    private static final int CLIENTS = Integer.getInteger("reconnect.clients", 100);
    private static final int UPSMONS = Integer.getInteger("reconnect.upsmons", 1);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /// What a server that has just begun says until it has heard from its driver.
    private static final Set<String> YET_TO_HEAR = Set.of("ERR DRIVER-NOT-CONNECTED", "VAR UPS1 ups.status \"WAIT\"");

    private static final Path SERVER = Path.of(System.getProperty("nut.root", ".."))
            .resolve("nut-common/src/test/resources/tls/server.pem")
            .toAbsolutePath()
            .normalize();

    private final Stack stack =
            Stack.running(new Roles(Maker.OURS, Maker.OURS), "CERTFILE " + SERVER, "MAXAGE 10", "MAXCONN 1000");
    private final List<Upsmon> upsmons = new ArrayList<>();
    private final List<Thread> crowd = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicInteger back = new AtomicInteger();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() throws InterruptedException {
        over.set(true);
        for (var thread : crowd) {
            thread.join(LIMIT);
        }
        upsmons.forEach(Upsmon::close);
        stack.close();
    }

    @Test
    void nobodyIsToldAnythingWrongWhileAllComeBack() {
        for (int i = 0; i < UPSMONS; i++) {
            for (Maker maker : Maker.values()) {
                upsmons.add(upsmon(maker, maker + "-" + i));
            }
        }
        int all = CLIENTS + upsmons.size();
        for (var upsmon : upsmons) {
            if (upsmon.maker() == Maker.OURS) {
                upsmon.proc().awaitLog("Connected to NUT server 127.0.0.1 in SSL");
            }
        }
        awaitLogins(upsmons.size());
        for (int i = 0; i < CLIENTS; i++) {
            crowd.add(Thread.ofVirtual().start(this::member));
        }
        awaitAll("all are there");
        crowd.add(Thread.ofVirtual().start(this::witness));

        back.set(0);
        cut.incrementAndGet();
        awaitAll("all are back after a break of the network");
        for (var upsmon : upsmons) {
            assertEquals("", upsmon.notices(), "nothing has happened to this one");
        }
        assertEquals("NUMLOGINS UPS1 " + all, stack.ask("GET NUMLOGINS UPS1"));
        assertEquals(List.of(), wrong);

        back.set(0);
        stack.upsd().kill();
        long down = System.nanoTime();
        stack.startUpsd();
        awaitAll("all are back after a restart of upsd");
        awaitLogins(all);
        System.out.printf(
                "%d clients and %d upsmons: all back %.1f s after upsd was killed%n",
                CLIENTS, upsmons.size(), (System.nanoTime() - down) / 1e9);
        for (var upsmon : upsmons) {
            upsmon.awaitNotice("COMMOK");
            assertEquals(
                    upsmon.notices().lines().filter(one -> one.contains("COMM")).toList(),
                    upsmon.notices().lines().toList(),
                    "nothing but that the server went and came");
            assertFalse(upsmon.proc().log().contains("is unavailable"), "it was never so long");
            assertEquals("", upsmon.downs());
        }
        assertEquals(List.of(), wrong);
        assertEquals(0, stack.upsd().count("is stale"), stack.upsd().log());
    }

    private void awaitLogins(int number) {
        Await.until(
                number + " are logged in",
                LIMIT,
                () -> stack.ask("GET NUMLOGINS UPS1").equals("NUMLOGINS UPS1 " + number));
    }

    private Upsmon upsmon(Maker maker, String name) {
        return new Upsmon(stack, maker, name, Upsmon.monitor(stack, "UPS1", "secondary"), "FORCESSL 1");
    }

    private void awaitAll(String what) {
        Await.until(what, LIMIT, () -> back.get() >= CLIENTS || !wrong.isEmpty());
        assertEquals(List.of(), wrong);
    }

    /// Of a machine of its own, which has never been connected before.
    private static SSLContext context() {
        try (var file = Files.newInputStream(SERVER.resolveSibling("authority.pem"))) {
            var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            authorities.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(file));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// One that is logged in, polls, and comes back at once when its connection has gone.
    private void member() {
        var context = context();
        while (!over.get()) {
            int cuts = cut.get();
            try (var wire = stack.wire()) {
                wire.encrypt(context).login("dummy-user", "P@ssW0rd");
                check("OK", wire.ask("LOGIN UPS1"));
                poll(wire);
                back.incrementAndGet();
                while (!over.get() && cut.get() == cuts) {
                    for (int i = 0; i < 50 && !over.get() && cut.get() == cuts; i++) {
                        pause();
                    }
                    poll(wire);
                }
                wire.reset();
            } catch (UncheckedIOException e) {
                pause(); // upsd is being restarted
            }
        }
    }

    /// One that stays, as far as it can, and polls often.
    private void witness() {
        while (!over.get()) {
            try (var wire = stack.wire()) {
                while (!over.get()) {
                    long start = System.nanoTime();
                    poll(wire);
                    if (System.nanoTime() - start > 5_000_000_000L) {
                        wrong.add("an answer took so long that a client would have given up");
                    }
                    pause();
                }
            } catch (UncheckedIOException e) {
                pause(); // upsd is being restarted
            }
        }
    }

    private void poll(Wire wire) {
        check("VAR UPS1 ups.status \"OL BOOST\"", wire.ask("GET VAR UPS1 ups.status"));
    }

    private void check(String expected, String answer) {
        if (!answer.equals(expected) && !YET_TO_HEAR.contains(answer)) {
            wrong.add(answer);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

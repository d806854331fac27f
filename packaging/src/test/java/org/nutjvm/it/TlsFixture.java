package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Certificates and keys for tests, and servers of either maker that encrypt with them.
final class TlsFixture {
    private static final Path FILES = Path.of(System.getProperty("nut.root", ".."))
            .resolve("nut-common/src/test/resources/tls")
            .toAbsolutePath()
            .normalize();

    private TlsFixture() {}

    static String file(String name) {
        return FILES.resolve(name).toString();
    }

    /// A nutauth.conf by which our programs insist on a server of this authority, and log in there.
    static Path insisting(Stack stack, String authority) {
        return stack.box()
                .write(
                        "nutauth.conf",
                        "CERTPATH = " + file(authority) + "\nCERTVERIFY = 1\nFORCESSL = 1\n[@localhost:" + stack.port()
                                + "]\nUSER = reader\nPASS = public\n");
    }

    /// Debian's upsd, which has its certificate and key in a database of NSS, with the device UPS2; needs some tools.
    static Stack nss() {
        for (var tool : new String[] {"certutil", "pk12util", "openssl"}) {
            assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin", tool)),
                    "no /usr/bin/" + tool + ": apt-get install libnss3-tools openssl");
        }
        assumeTrue(Maker.C.find("upsd").isPresent(), "apt-get install nut-server");
        var stack = new Stack(new Roles(Maker.C, Maker.OURS));
        try {
            var box = stack.box();
            var database = box.dir().resolve("nss").toString();
            var password = box.write("password", "secret").toString();
            var packed = box.dir().resolve("server.p12").toString();
            run(box, "mkdir", database);
            run(
                    box,
                    "openssl",
                    "pkcs12",
                    "-export",
                    "-in",
                    file("server.pem"),
                    "-name",
                    "nit",
                    "-out",
                    packed,
                    "-passout",
                    "pass:secret");
            run(box, "certutil", "-N", "-d", database, "-f", password);
            run(box, "pk12util", "-i", packed, "-d", database, "-k", password, "-W", "secret");
            box.write("upsd.conf", stack.listen() + "CERTPATH " + database + "\nCERTIDENT nit secret\n");
            stack.startDriver("UPS2");
            stack.awaitSocket("UPS2");
            stack.startUpsd();
            stack.awaitUps("UPS2");
            return stack;
        } catch (RuntimeException | Error e) {
            Sandbox.showLogs();
            stack.close();
            throw e;
        }
    }

    private static void run(Sandbox box, String... command) {
        var result = box.run(command[0], List.of(command));
        assertEquals(0, result.exit(), result.err());
    }
}

package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// The C side in a container of Debian's packages: nothing of NUT need be installed beside Docker. The image is made by
/// `packaging/src/test/docker/make-image`; the sandbox is mounted under its own name, so sockets are shared, too.
@ExtendWith(LogsOnFailure.class)
class ContainerIT {
    private static final String IMAGE = "nut-peers:latest";

    @SuppressWarnings("NullAway.Init") // set before each test
    private Stack stack;

    @SuppressWarnings("NullAway.Init")
    private GenericContainer<?> debian;

    @BeforeEach
    void start() throws IOException {
        stack = new Stack(new Roles(Maker.OURS, Maker.OURS));
        for (var program : List.of("upsd", "upsc", "upscmd", "upsrw", "dummy-ups")) {
            Maker.OURS.program(program);
        }
        assumeTrue(dockerHasImage(), "no Docker here, or no image " + IMAGE + ": packaging/src/test/docker/make-image");
        var dir = stack.box().dir();
        var user = Files.getAttribute(dir, "unix:uid") + ":" + Files.getAttribute(dir, "unix:gid");
        debian = new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withNetworkMode("host")
                .withFileSystemBind(dir.toString(), dir.toString(), BindMode.READ_WRITE)
                .withEnv("NUT_CONFPATH", stack.box().conf().toString())
                .withEnv("NUT_STATEPATH", stack.box().state().toString())
                .withEnv("NUT_ALTPIDPATH", stack.box().state().toString())
                .withCreateContainerCmdModifier(create -> create.withUser(user))
                .withCommand("sleep", "600");
        debian.start();
    }

    @AfterEach
    void end() {
        try {
            if (debian != null) {
                debian.stop();
            }
        } finally {
            stack.close();
        }
    }

    /// Only a Docker on this machine will do: the containers share its network and the sandbox.
    private static boolean dockerHasImage() {
        if (!Files.exists(Path.of("/var/run/docker.sock"))) {
            return false;
        }
        var docker = DockerClientFactory.instance();
        return docker.isDockerAvailable()
                && !docker.client()
                        .listImagesCmd()
                        .withReferenceFilter(IMAGE)
                        .exec()
                        .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upsc -l @",
                "upsc UPS2@",
                "upsc UPS2@ outlet.count",
                "upsc UPS2@ no.such.variable",
                "upsc UPS1@",
                "upsc nobody@",
                "upscmd -l UPS2@",
                "upscmd -u admin -p mypass UPS2@ load.off",
                "upscmd -u admin -p wrong UPS2@ load.off",
                "upsrw UPS2@",
                "upsrw -s ups.status=OB -u admin -p wrong UPS2@"
            })
    void ourClientsAnswerAsTheContainersOwnDo(String line) throws Exception {
        withServerInTheContainer();
        var server = "localhost:" + stack.port();
        var words = line.replace(" @", " " + server).replace("@ ", "@" + server + " ");
        var whole = (words.endsWith("@") ? words + server : words).split(" ", -1);
        var theirs = debian.execInContainer(whole);
        var ours = stack.box()
                .run(
                        Maker.OURS,
                        whole[0],
                        List.of(whole).subList(1, whole.length).toArray(String[]::new));
        assertEquals(theirs.getStdout(), ours.out());
        assertEquals(theirs.getExitCode(), ours.exit());
        assertEquals(new Result(0, "", theirs.getStderr()).firstError(), ours.firstError());
    }

    @Test
    void ourServerServesTheContainersDriverToTheContainersClient() throws Exception {
        inBackground("/lib/nut/dummy-ups -a UPS2 -F -u root");
        stack.startUpsd();
        stack.awaitUps("UPS2");
        var listed = debian.execInContainer("upsc", stack.at("UPS2"), "outlet.count");
        assertEquals("8\n", listed.getStdout());
        var set = debian.execInContainer(
                "upsrw", "-w", "-s", "ups.status=OL TRIM", "-u", "admin", "-p", "mypass", stack.at("UPS2"));
        assertEquals(0, set.getExitCode(), set.getStderr());
        stack.awaitAnswer("GET VAR UPS2 ups.status", "VAR UPS2 ups.status \"OL TRIM\"");
    }

    @Test
    void theContainersServerServesOurDriver() throws Exception {
        stack.startDriver("UPS2");
        stack.awaitSocket("UPS2");
        inBackground("/lib/nut/upsd -F -u root");
        awaitServer();
        assertEquals(
                "8\n",
                stack.box()
                        .run(Maker.OURS, "upsc", stack.at("UPS2"), "outlet.count")
                        .out());
    }

    @Test
    void aContainerThatDiesTakesNothingOfOursAlong() throws Exception {
        inBackground("/lib/nut/dummy-ups -a UPS2 -F -u root");
        stack.startDriver("UPS1");
        stack.startUpsd();
        stack.awaitUps("UPS1");
        stack.awaitUps("UPS2");
        try (var wire = stack.wire()) {
            debian.getDockerClient().killContainerCmd(debian.getContainerId()).exec();
            Await.until(
                    "the loss is reported",
                    () -> wire.ask("GET VAR UPS2 ups.status").startsWith("ERR D"));
            assertTrue(wire.ask("GET VAR UPS1 ups.status").startsWith("VAR UPS1"));
        }
    }

    private void withServerInTheContainer() throws Exception {
        inBackground("/lib/nut/dummy-ups -a UPS2 -F -u root");
        Await.until(
                "the driver's socket", () -> Files.exists(stack.box().state().resolve("dummy-ups-UPS2")));
        inBackground("/lib/nut/upsd -F -u root");
        awaitServer();
    }

    private void inBackground(String command) throws Exception {
        var log = stack.box().dir() + "/container.log";
        var started = debian.execInContainer("sh", "-c", command + " >>" + log + " 2>&1 </dev/null &");
        assertEquals(0, started.getExitCode(), started.getStderr());
    }

    private void awaitServer() {
        Await.until("the container's server", () -> {
            try {
                return stack.ask("GET TYPE UPS2 ups.status").startsWith("TYPE UPS2 ups.status RW");
            } catch (UncheckedIOException e) {
                return false; // not listening yet
            }
        });
    }
}

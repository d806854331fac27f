package org.nutjvm.packaging.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What bash offers when the tabulator key is pressed.
class CompletionIT {
    private static final Tree BUILT =
            new Tree(Path.of(System.getProperty("nut.root", ".."), "packaging", "target", "nut")
                    .toAbsolutePath());

    @TempDir
    Path conf;

    @BeforeEach
    void bash() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here: apt-get install bash");
        Files.writeString(conf.resolve("ups.conf"), "[attic]\n driver = dummy-ups\n[cellar]\n driver = dummy-ups\n");
    }

    static List<Program> programs() {
        return Program.ALL;
    }

    /// What is offered for the last word of a line; its first is a program of the tree.
    private List<String> offered(String line) throws IOException, InterruptedException {
        String script = """
                . "$1" || exit 3
                shift
                COMP_WORDS=("$@")
                COMP_CWORD=$(($# - 1))
                name=${1##*/}
                function=$(complete -p "$name" | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
                "$function" "$1"
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        var words = new ArrayList<>(List.of("/bin/bash", "--norc", "-c", script, "bash"));
        words.add(BUILT.home().resolve("share/bash-completion/nut").toString());
        String[] typed = line.split(" ", -1);
        for (Program program : Program.ALL) {
            if (program.name().equals(typed[0])) {
                typed[0] = BUILT.program(program).toString();
            }
        }
        words.addAll(List.of(typed));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("NUT_CONFPATH", conf.toString());
        var bash = builder.start();
        bash.getOutputStream().close();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(bash.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, bash.exitValue(), said);
        return said.isBlank() ? List.of() : said.lines().toList();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void optionsOfEveryProgram(Program program) throws Exception {
        var options = offered(program.name() + " -");
        assertTrue(options.contains("-h"), options.toString());
        assertTrue(options.stream().allMatch(option -> option.startsWith("-")), options.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            upsdrvctl st              | start stop status
            upsdrvctl stop at         | attic
            upsdrvctl -u root stop at | attic
            upsdrvctl -c reload-or-   | reload-or-error reload-or-exit
            upsdrvctl -c exit cel     | cellar
            upsdrvsvcctl re           | resync reconfigure
            upsd -c                   | reload stop
            upsmon -c f               | fsd
            dummy-ups -a              | attic cellar
            dummy-ups -x mo           | mode=
            nut-driver-enumerator --get-service-for-device a | attic
            nut-driver-enumerator --rec | --reconfigure
            nutconf --set-mode net | netserver netclient
            nutconf --add-m        | --add-monitor
            nutconf --set-notifyflags ONB | ONBATT
            nutconf --set-notifyflags ONBATT SYSLOG EX | EXEC
            nutconf --add-monitor cel | cellar
            nut-check --explain mode-n | mode-none mode-netclient mode-not-installed
            nut-scanner -m a | auto auto4 auto6
            nut-scanner -l auth | authNoPriv authPriv
            """)
    void words(String line, String expected) throws Exception {
        String typed = line.endsWith("-c") || line.endsWith("-a") ? line + " " : line;
        assertEquals(List.of(expected.split(" ", -1)), offered(typed));
    }
}

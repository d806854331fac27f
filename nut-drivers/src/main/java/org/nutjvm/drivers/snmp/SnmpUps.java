package org.nutjvm.drivers.snmp;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Exit;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.drivers.core.DriverMain;
import org.nutjvm.drivers.snmp.mapping.Catalogue;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// The program snmp-ups (drivers/snmp-ups.c). May run inside another program; an instance runs once.
public final class SnmpUps {
    private static final String LIST = "mibs=--list";

    private final Map<String, String> env;
    private final PrintStream out;
    private final DriverMain main;

    /// A driver with this environment and these streams.
    public SnmpUps(Map<String, String> env, PrintStream out, PrintStream err) {
        this.env = env;
        this.out = out;
        main = new DriverMain(new SnmpProgram(), env, out, err);
    }

    /// Runs until stopped.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        if (args.contains(LIST) || args.contains("-x" + LIST)) {
            return list();
        }
        return main.run(args);
    }

    /// Ends {@link #run} with exit code 0, from any thread.
    public void stop() {
        main.stop();
    }

    private int list() {
        try {
            var catalogue = new Catalogue(NutPaths.of(env).confpath().resolve("snmp"), out::println);
            out.println("The 'mibs' argument is '--list', so just listing the mappings this driver knows,");
            out.println("and for 'mibs=auto' these mappings will be tried in the following order until");
            out.println("the first one matches your device");
            out.println();
            out.println(" NUMBER\tMAPPING NAME           \tVERSION\tENTRY POINT OID                \tAUTO CHECK OID");
            int number = 0;
            for (var head : catalogue.heads()) {
                number++;
                out.println(" " + left(Integer.toString(number), 4) + " \t" + right(head.name(), 23) + "\t"
                        + left(head.version(), 7) + "\t" + right(text(head.sysobjectid()), 31) + "\t"
                        + text(head.probes().isEmpty() ? null : head.probes().getFirst()));
            }
            out.println();
            out.println("Overall this driver has loaded " + number + " MIB-to-NUT mapping tables");
            out.flush();
            return 0;
        } catch (IOException e) {
            out.println("snmp-ups: " + e.getMessage());
            out.flush();
            return 1;
        }
    }

    private static String text(@Nullable Oid oid) {
        return oid == null ? "<NULL>" : "." + oid;
    }

    private static String left(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String right(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /// The program.
    public static void main(String[] args) {
        var program = new SnmpUps(System.getenv(), System.out, System.err);
        program.main.catchSignals();
        Exit.now(program.run(List.of(args)));
    }
}

package org.nutjvm.packaging.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A program of the image.
///
/// @param name what people type
/// @param directory where its launcher lies below the tree's root: `bin`, `sbin` or `cgi-bin`
/// @param kind what the JVM is tuned for
/// @param mainClass the class whose `main` it runs
/// @param own the jars it needs besides those of its kind, without their versions
record Program(String name, String directory, Kind kind, String mainClass, String own) {
    /// Where programs are that web servers start.
    static final String CGI = "cgi-bin";

    /// All programs there are. A new one is a line here.
    static final List<Program> ALL = List.of(
            new Program("upsd", "sbin", Kind.SERVER, "org.nutjvm.upsd.Upsd", "nut-upsd"),
            new Program("upsmon", "sbin", Kind.MONITOR, "org.nutjvm.upsmon.Upsmon", "nut-upsmon"),
            new Program("dummy-ups", "bin", Kind.DRIVER, "org.nutjvm.drivers.dummy.DummyUps", "nut-drivers"),
            new Program(
                    "usbhid-ups", "bin", Kind.BUSY_DRIVER, "org.nutjvm.drivers.usbhid.UsbHid", "nut-drivers usb4java"),
            new Program("snmp-ups", "bin", Kind.DRIVER, "org.nutjvm.drivers.snmp.SnmpUps", "nut-drivers snmp4j"),
            new Program("apcsmart", "bin", Kind.DRIVER, "org.nutjvm.drivers.apcsmart.ApcSmart", "nut-drivers"),
            new Program(
                    "genericups", "bin", Kind.DRIVER, "org.nutjvm.drivers.genericups.GenericContacts", "nut-drivers"),
            new Program("clone", "bin", Kind.DRIVER, "org.nutjvm.drivers.clone.CloneUps", "nut-drivers"),
            new Program("clone-outlet", "bin", Kind.DRIVER, "org.nutjvm.drivers.clone.CloneOutlet", "nut-drivers"),
            new Program("failover", "bin", Kind.DRIVER, "org.nutjvm.drivers.failover.Failover", "nut-drivers"),
            new Program("apcupsd-ups", "bin", Kind.DRIVER, "org.nutjvm.drivers.apcupsd.ApcupsdUps", "nut-drivers"),
            new Program("netxml-ups", "bin", Kind.DRIVER, "org.nutjvm.drivers.netxml.NetXmlUps", "nut-drivers"),
            new Program("nutdrv_qx", "bin", Kind.DRIVER, "org.nutjvm.drivers.qx.NutdrvQx", "nut-drivers usb4java"),
            new Program("blazer_ser", "bin", Kind.DRIVER, "org.nutjvm.drivers.qx.BlazerSer", "nut-drivers"),
            new Program("mge-shut", "bin", Kind.DRIVER, "org.nutjvm.drivers.shut.MgeShut", "nut-drivers"),
            new Program("nhs_ser", "bin", Kind.DRIVER, "org.nutjvm.drivers.nhs.NhsSer", "nut-drivers"),
            new Program("powercom", "bin", Kind.DRIVER, "org.nutjvm.drivers.powercom.Powercom", "nut-drivers"),
            new Program("tripplite", "bin", Kind.DRIVER, "org.nutjvm.drivers.tripplite.Tripplite", "nut-drivers"),
            new Program("metasys", "bin", Kind.DRIVER, "org.nutjvm.drivers.metasys.Metasys", "nut-drivers"),
            new Program("upscode2", "bin", Kind.DRIVER, "org.nutjvm.drivers.upscode2.Upscode", "nut-drivers"),
            new Program("blazer_usb", "bin", Kind.DRIVER, "org.nutjvm.drivers.qx.BlazerUsb", "nut-drivers usb4java"),
            new Program("upssched", "sbin", Kind.TOOL, "org.nutjvm.upssched.Upssched", "nut-upssched"),
            new Program("upsc", "bin", Kind.TOOL, "org.nutjvm.tools.upsc.Upsc", "nut-tools"),
            new Program("upscmd", "bin", Kind.TOOL, "org.nutjvm.tools.upscmd.Upscmd", "nut-tools"),
            new Program("upsdrvctl", "sbin", Kind.TOOL, "org.nutjvm.tools.upsdrvctl.Upsdrvctl", "nut-tools"),
            new Program("upsdrvsvcctl", "sbin", Kind.TOOL, "org.nutjvm.tools.upsdrvsvcctl.Upsdrvsvcctl", "nut-tools"),
            new Program(
                    "nut-driver-enumerator",
                    "sbin",
                    Kind.TOOL,
                    "org.nutjvm.tools.enumerator.NutDriverEnumerator",
                    "nut-tools"),
            new Program("upslog", "bin", Kind.LOGGER, "org.nutjvm.tools.upslog.Upslog", "nut-tools"),
            new Program("nut-check", "sbin", Kind.TOOL, "org.nutjvm.tools.check.NutCheck", "nut-tools picocli"),
            new Program("nutconf", "bin", Kind.TOOL, "org.nutjvm.tools.nutconf.Nutconf", "nut-tools"),
            new Program(
                    "nut-scanner",
                    "bin",
                    Kind.SCANNER,
                    "org.nutjvm.tools.scanner.NutScanner",
                    "nut-tools nut-drivers snmp4j dnsjava slf4j-api usb4java"),
            new Program("upsrw", "bin", Kind.TOOL, "org.nutjvm.tools.upsrw.Upsrw", "nut-tools"),
            new Program("upsstats.cgi", Program.CGI, Kind.TOOL, "org.nutjvm.cgi.run.Upsstats", "nut-cgi"),
            new Program("upsset.cgi", Program.CGI, Kind.TOOL, "org.nutjvm.cgi.run.Upsset", "nut-cgi"),
            new Program("upsimage.cgi", Program.CGI, Kind.TOOL, "org.nutjvm.cgi.run.Upsimage", "nut-cgi"),
            new Program("nut-cgi", "sbin", Kind.WEB, "org.nutjvm.cgi.serve.NutCgi", "nut-cgi"));

    /// Other names upstream has programs under: the link, and what it points to.
    static final Map<String, String> LINKS =
            Map.of("libexec/nut-driver-enumerator.sh", "../sbin/nut-driver-enumerator");

    /// Tools that are of use only beside drivers.
    private static final Set<String> DRIVERS_CONTROL = Set.of("upsdrvctl", "upsdrvsvcctl", "nut-driver-enumerator");

    /// All jars it needs. Where its role is rehearsed by a trainer, that one stays on the class path for good: see
    /// {@link Cache}.
    List<String> artifacts() {
        var all = new ArrayList<>(kind.cache.artifacts());
        all.addAll(List.of(own.split(" ", -1)));
        if (kind.cache == Cache.TOOLS || trainer() != null) {
            all.add(Cache.TRAINING);
        }
        return all;
    }

    /// The package it belongs in: `server` is for the machine a UPS is plugged in at, `client` for every machine.
    String pack() {
        if (own.contains("nut-cgi")) {
            return "cgi";
        }
        boolean server = own.contains("nut-drivers") || own.contains("nut-upsd") || DRIVERS_CONTROL.contains(name);
        return server ? "server" : "client";
    }

    /// The class that plays its role where its own cannot, for want of a device, or null.
    @Nullable
    String trainer() {
        return switch (name) {
            case "usbhid-ups" -> "org.nutjvm.packaging.training.TrainUsbHid";
            case "nutdrv_qx" -> "org.nutjvm.packaging.training.TrainQx";
            case "blazer_ser" -> "org.nutjvm.packaging.training.TrainBlazer";
            case "mge-shut" -> "org.nutjvm.packaging.training.TrainShut";
            case "nhs_ser" -> "org.nutjvm.packaging.training.TrainNhs";
            case "powercom" -> "org.nutjvm.packaging.training.TrainPowercom";
            case "tripplite" -> "org.nutjvm.packaging.training.TrainTripplite";
            case "metasys" -> "org.nutjvm.packaging.training.TrainMetasys";
            case "upscode2" -> "org.nutjvm.packaging.training.TrainUpscode";
            case "blazer_usb" -> "org.nutjvm.packaging.training.TrainBlazerUsb";
            default -> null;
        };
    }

    /// Its class path, with the jars in a directory.
    String classPath(String directory) {
        return path(directory, artifacts());
    }

    static String path(String directory, List<String> artifacts) {
        return artifacts.stream().map(one -> directory + "/" + one + ".jar").collect(Collectors.joining(":"));
    }

    /// The file's name of its own cache in the tree's `lib`.
    String cache() {
        return name + ".aot";
    }

    /// What a program needs from the JVM.
    enum Kind {
        /// Lives for months and may have thousands of clients.
        SERVER(Cache.DAEMONS, "-Xmx32m -Xms2560k -Xmn512k " + DAEMON),
        /// Lives for months with one device that it asks every other second: interpreted, for the compiler would take
        /// more memory (3 MB) than it could save time.
        DRIVER(Cache.DAEMONS, "-Xmx8m -Xms2m -Xmn512k -XX:TieredStopAtLevel=0 " + DAEMON),
        /// As a driver, but it takes apart a hundred reports in each poll: compiled it costs half the processor time.
        BUSY_DRIVER(Cache.DAEMONS, "-Xmx8m -Xms2m -Xmn512k -XX:CompileThresholdScaling=1 " + DAEMON),
        /// As a driver, with some more room: it may watch some hundred devices. What is compiled is the cryptography of
        /// TLS, which takes seconds otherwise, and nothing else before it has run for days.
        MONITOR(Cache.DAEMONS, "-Xmx16m -Xms2560k -Xmn512k -XX:CompileThresholdScaling=100 " + DAEMON),
        /// Lives for milliseconds: over before a compiler pays, but for the cryptography of TLS.
        TOOL(Cache.TOOLS, "-Xmx32m -XX:CompileThresholdScaling=50 " + CLIENT),
        /// Lives for seconds, with many conversations and some cryptography. Nobody wants to hear of its library's log.
        SCANNER(Cache.TOOLS, "-Xmx64m -Dslf4j.internal.verbosity=ERROR " + CLIENT),
        /// Lives for months like a daemon, and is a client like the tools, without their haste and the daemons' logger.
        LOGGER(Cache.TOOLS, "-Xmx8m -Xms2560k -Xmn512k -XX:CompileThresholdScaling=100 " + FRUGAL + CLIENT),
        /// Lives for months, and may have hundreds of viewers.
        WEB(Cache.TOOLS, "-Xmx32m -Xms2560k -Xmn1m -XX:InitialCodeCacheSize=256k " + FRUGAL + CLIENT);

        final Cache cache;
        private final String own;

        Kind(Cache cache, String own) {
            this.cache = cache;
            this.own = own;
        }

        boolean driver() {
            return this == DRIVER || this == BUSY_DRIVER;
        }

        /// The flags of the JVM, but for paths. A cache fits only the collector it was made with.
        List<String> flags() {
            var flags = new ArrayList<>(COMMON);
            flags.addAll(List.of(own.split(" ", -1)));
            return flags;
        }
    }

    private static final String FRUGAL = "-XX:+ExitOnOutOfMemoryError -XX:TrimNativeHeapInterval=5000 ";

    /// Native calls are asked for by all or by none that share a cache. The property spares reading the file
    /// java.security for how exceptions name hosts, and says what that says.
    private static final String CLIENT =
            "-Djdk.includeInExceptions=hostInfoExclSocket --enable-native-access=ALL-UNNAMED";

    /// Nothing is looked for that is known: the logger, and how it is made. (The small heaps above start small, too,
    /// or most of their pages would be touched once for garbage and be kept.) What the C library has freed is given
    /// back.
    private static final String DAEMON = FRUGAL
            + "-XX:InitialCodeCacheSize=256k -Dslf4j.provider=org.nutjvm.common.log.LogbackProvider"
            + " -Dslf4j.internal.verbosity=WARN -Djdk.reflect.useNativeAccessorOnly=true"
            + " --enable-native-access=ALL-UNNAMED";

    private static final List<String> COMMON = List.of(
            // Small: one collector thread, one compiler, no statistics file in /tmp, small stacks and tables.
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileThresholdScaling=10",
            "-XX:-UsePerfData",
            "-Xss256k",
            "-XX:StringTableSize=1024",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:SymbolTableSize=1024",
            "-XX:ReservedCodeCacheSize=16m",
            // The cache stays at the address it was made for, so that its pages are shared and not patched.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            // Locks are looked after once a minute, not four times a second.
            "-XX:AsyncDeflationInterval=0",
            // What the JVM itself has to say never mixes with a program's output.
            "-XX:+DisplayVMOutputToStderr",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            // A cache that does not fit is no trouble of the user's.
            "-Xlog:cds*=off:stderr",
            "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider");
}

package org.nutjvm.tools.enumerator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.DriverQuery;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.tools.drivers.DriversConf;
import org.nutjvm.tools.drivers.ManagedUps;
import org.nutjvm.tools.shared.Failure;

/// Makes the services of the system those that ups.conf has sections for, and answers questions about the two
/// (nut-driver-enumerator.sh). Everything is looked at anew for each call.
public final class Enumerator {
    /// Exit code: services were changed and agree now.
    static final int CHANGED = 42;

    /// Exit code: services were changed and still do not agree.
    static final int DISAGREES = 13;

    /// Exit code: no ups.conf, or not for us.
    static final int NO_FILE = 2;

    private static final int MOST_CHANGES_MEANWHILE = 5;
    private static final Duration RELOAD_ANSWER = Duration.ofSeconds(15);

    private final Map<String, String> env;
    private final String host;
    private final Path file;
    private final Units units;
    private final Log log;

    /// @param host this machine's name
    public Enumerator(Map<String, String> env, Systemctl systemctl, String host, Log log) {
        this.env = env;
        this.host = host;
        this.log = log;
        String given = env.getOrDefault("UPSCONF", "");
        this.file = given.isEmpty() ? NutPaths.of(env).conf(UpsConf.FILE) : Path.of(given);
        this.units = new Units(env, systemctl, log);
    }

    /// ups.conf as it is now.
    ///
    /// @param text one char a byte
    private record Conf(String text, NormalConf normal, DriversConf drivers) {}

    private Conf read() throws Failure {
        String text = text();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        var drivers = DriversConf.of(UpsConf.of(ConfReader.parse(file.toString(), bytes)), env, "", host);
        return new Conf(text, NormalConf.of(text), drivers);
    }

    private String text() throws Failure {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(ConfReader.MAX_BYTES + 1);
            if (bytes.length > ConfReader.MAX_BYTES) {
                throw new Failure("The '" + file + "' file is over " + ConfReader.MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new Failure("The '" + file + "' file does not exist or is not readable: " + Reasons.of(e));
        }
    }

    /// Brings services into agreement with ups.conf: changed sections are reloaded where the driver manages that, else
    /// their services are made anew; services without section go, sections without service get one.
    ///
    /// @return 0 if nothing was to do, {@link #CHANGED}, or {@link #DISAGREES}
    public int reconcile() throws Failure, IOException {
        for (int i = 0; ; i++) {
            Conf conf = read();
            int code = reconcile(conf);
            if (conf.text.equals(text()) || i == MOST_CHANGES_MEANWHILE) {
                return code;
            }
            log.info("'" + file + "' changed meanwhile; once more");
        }
    }

    private int reconcile(Conf conf) throws IOException {
        noteDevices(conf);
        var devices = conf.normal.devices();
        var instances = units.instances();
        boolean restartAll = !conf.normal.checksum("").equals(units.checksum(""));
        if (restartAll) {
            log.info("Detected changes in global section of '" + file + "', will restart all drivers");
        }
        var changed = changed(conf, instances);
        if (!restartAll && changed.isEmpty() && agree(devices, instances)) {
            log.info("OK: No changes to reconcile between systemd service instances and device configurations in '"
                    + file + "'");
            return 0;
        }
        for (var one : changed.entrySet()) {
            renew(one.getKey(), one.getValue(), conf);
        }
        instances = units.instances();
        for (String instance : instances) {
            if (device(instance, devices) == null) {
                log.info("Dropping old systemd service instance for power device [" + instance
                        + "] which is no longer in config file...");
                units.unregister(instance);
            } else if (restartAll && units.autoStart()) {
                units.restartDriver(instance);
            }
        }
        if (restartAll) {
            units.checksum("", conf.normal.checksum(""));
        }
        return add(conf);
    }

    /// Takes all services away and makes those there should be.
    public int reconfigure() throws Failure, IOException {
        Conf conf = read();
        for (String instance : units.instances()) {
            units.unregister(instance);
        }
        units.checksum("", conf.normal.checksum(""));
        return add(conf);
    }

    private int add(Conf conf) throws IOException {
        var devices = conf.normal.devices();
        var instances = units.instances();
        for (String device : devices) {
            if (instance(device, instances) == null) {
                log.info("Adding new systemd service instance for power device [" + device + "]...");
                var ups = conf.drivers.ups(device).orElse(null);
                Needs needs =
                        ups == null ? new Needs("Wants", List.of()) : Needs.of(ups, conf.drivers.upses(), env, log);
                if (!units.register(device, ups == null ? "" : ups.driver(), conf.normal.checksum(device), needs)) {
                    log.error("There is no service instance for power device [" + device + "]");
                }
            }
        }
        units.refresh();
        instances = units.instances();
        log.info("The currently defined service instances are: " + String.join(" ", instances));
        log.info("The currently defined configurations in '" + file + "' are: " + String.join(" ", devices));
        if (units.autoStart()) {
            units.restartServer();
        }
        if (!agree(devices, instances)) {
            return DISAGREES;
        }
        log.info("OK: No more changes to reconcile between systemd service instances and device configurations in '"
                + file + "'");
        return env.getOrDefault("REPORT_RESTART_42", "").equals("no") ? 0 : CHANGED;
    }

    /// Instances whose section is not what it was, with their devices.
    private Map<String, String> changed(Conf conf, List<String> instances) throws IOException {
        var changed = new LinkedHashMap<String, String>();
        for (String instance : instances) {
            String device = device(instance, conf.normal.devices());
            if (device != null && !conf.normal.checksum(device).equals(units.checksum(instance))) {
                changed.put(instance, device);
            }
        }
        return changed;
    }

    private void renew(String instance, String device, Conf conf) throws IOException {
        ManagedUps ups = conf.drivers.ups(device).orElse(null);
        if (ups != null && reloads(ups, conf.drivers)) {
            log.info("Keeping systemd service instance '" + instance + "' whose section '" + device
                    + "' in config file has changed: live reload sufficed.");
            units.checksum(instance, conf.normal.checksum(device));
        } else {
            log.info("Dropping old systemd service instance '" + instance + "' whose section '" + device
                    + "' in config file has changed...");
            units.unregister(instance);
        }
    }

    private static boolean reloads(ManagedUps ups, DriversConf conf) {
        try (var query = DriverQuery.connect(conf.socket(ups))) {
            return query.instcmd("driver.reload-or-error", RELOAD_ANSWER) == 0;
        } catch (IOException e) {
            return false; // it does not run, or is too old
        }
    }

    /// Notes the devices of services made by a version that did not.
    private void noteDevices(Conf conf) throws IOException {
        for (String instance : units.instances()) {
            String device = device(instance, conf.normal.devices());
            if (device != null && units.device(instance).isEmpty()) {
                log.warn("Service instance '" + Units.unit(instance)
                        + "' did not have a device recorded into properties, setting to '" + device + "'");
                units.device(instance, device);
            }
        }
    }

    private static boolean agree(List<String> devices, List<String> instances) {
        var served = new LinkedHashSet<String>();
        for (String instance : instances) {
            String device = device(instance, devices);
            if (device == null) {
                return false;
            }
            served.add(device);
        }
        return served.size() == devices.size();
    }

    private static @Nullable String device(String instance, List<String> devices) {
        for (String device : devices) {
            if (instance.equals(device) || instance.equals(Units.hashed(device))) {
                return device;
            }
        }
        return null;
    }

    private static @Nullable String instance(String device, List<String> instances) {
        if (instances.contains(device)) {
            return device;
        }
        return instances.contains(Units.hashed(device)) ? Units.hashed(device) : null;
    }

    /// The devices of ups.conf, sorted.
    public List<String> devices() throws Failure {
        return read().normal.devices();
    }

    /// The units there are.
    public List<String> services() {
        return units.all();
    }

    List<String> instances() {
        return units.instances();
    }

    /// The unit of a device.
    public String serviceFor(String device) throws Failure, IOException {
        if (device.isEmpty()) {
            throw new Failure("Device name argument required");
        }
        for (var noted : units.devices().entrySet()) {
            if (noted.getValue().equals(device)) {
                return Units.unit(noted.getKey());
            }
        }
        String instance = instance(device, units.instances());
        if (instance == null) {
            throw new Failure("No service instances detected that match device '" + device + "'");
        }
        return Units.unit(instance);
    }

    /// The device of a unit or instance. Asked at each start of a driver's service, it does not bother systemd.
    public String deviceFor(String service) throws Failure, IOException {
        String instance = Units.instance(service);
        if (instance.isEmpty()) {
            throw new Failure("Service (instance) name argument required");
        }
        String noted = units.device(instance);
        if (!noted.isEmpty()) {
            return noted;
        }
        String device = device(instance, read().normal.devices());
        if (device == null) {
            throw new Failure("No service instance '" + service + "' was detected that matches a NUT device");
        }
        return device;
    }

    /// Units with their devices.
    ///
    /// @param missing gets the devices that have none
    public Map<String, String> servicesForDevices(List<String> missing) throws Failure {
        var found = new LinkedHashMap<String, String>();
        var instances = units.instances();
        for (String device : read().normal.devices()) {
            String instance = instance(device, instances);
            if (instance == null) {
                missing.add(device);
            } else {
                found.put(Units.unit(instance), device);
            }
        }
        return found;
    }

    /// All of ups.conf in normal form.
    public List<String> everything() throws Failure {
        return read().normal.lines();
    }

    /// A section in normal form, or what stands before all of them for an empty name.
    public List<String> section(String device) throws Failure {
        var section = read().normal.section(device);
        if (section == null) {
            throw new Failure("Section [" + device + "] was not found in the '" + file + "' file");
        }
        return section;
    }

    /// Values of a section's keys; null for one it does not have.
    List<@Nullable String> values(String device, List<String> keys) throws Failure {
        return NormalConf.values(section(device), keys);
    }

    /// Whether the file is there for this program at all.
    boolean readable() {
        return Files.isReadable(file) && Files.isRegularFile(file);
    }

    Path file() {
        return file;
    }
}

package org.nutjvm.drivers.metasys;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.metasys.Models.Model;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UPS of Meta System (drivers/metasys.c).
final class MetasysUps implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(MetasysUps.class);
    private static final String TEST = "test.battery.start";
    private static final String TEST_RESULT = "ups.test.result";
    private static final byte[] TEST_ASKED = {Orders.SET_TEST, 0};

    /// The device tells what came of a test of its battery after so long.
    private static final long TEST_LASTS = Duration.ofSeconds(15).toNanos();

    private static final Duration TEST_LISTEN = Duration.ofMillis(500);

    private final Device device;
    private final Reopened line;
    private final Models models;
    private final Wire wire;
    private final Orders orders;
    private final Set<Question> answered = EnumSet.noneOf(Question.class);
    private final Set<Question> unanswered = EnumSet.noneOf(Question.class);
    private @Nullable Model model;
    private boolean autorestart;
    private @Nullable Long testSince;

    MetasysUps(Device device, Reopened line, Models models) {
        this.device = device;
        this.line = line;
        this.models = models;
        wire = new Wire(line);
        orders = new Orders(wire);
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException, DriverException {
        dstate.setinfo(TEST_RESULT, "not yet done...");
        Orders.offer(dstate);
        wire.reset();
        byte[] answer = wire.ask(Question.INFO, true);
        if (answer == null) {
            throw new DriverException("Could not communicate with the ups on " + device.port()
                    + "\nCheck the cable and 'port =' in ups.conf");
        }
        var found = models.of(answer[1] & 0xff, answer[2] & 0xff);
        if (found == null) {
            throw new DriverException("Unknown UPS: " + numbers(answer));
        }
        known(answer, found, dstate);
    }

    private static String numbers(byte[] answer) {
        return "type " + (answer[1] & 0xff) + ", version " + (answer[2] & 0xff) + " are not in the table of models";
    }

    private void known(byte[] answer, Model now, Dstate dstate) {
        model = now;
        Publisher.info(answer, now, dstate);
        LOG.info(
                "Detected {} [{}] v.{} on {}",
                now.name(),
                dstate.getinfo("ups.serial"),
                dstate.getinfo("ups.firmware"),
                device.port());
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        try {
            line.open();
            if (testing(dstate)) {
                return;
            }
            poll(model == null ? found(dstate) : model, dstate);
        } catch (IOException e) {
            lost(e);
            throw e;
        }
    }

    /// Looks whether the device is there again, and which it is.
    private Model found(Dstate dstate) throws IOException {
        wire.reset();
        byte[] answer = wire.ask(Question.INFO, false);
        if (answer == null) {
            throw new IOException("the UPS does not answer");
        }
        var found = models.of(answer[1] & 0xff, answer[2] & 0xff);
        if (found == null) {
            throw new IOException("unknown UPS: " + numbers(answer));
        }
        known(answer, found, dstate);
        return found;
    }

    private void poll(Model of, Dstate dstate) throws IOException {
        publish(Question.OUTPUT, answer -> Publisher.output(answer, of, dstate));
        publish(Question.INPUT, answer -> Publisher.input(answer, dstate));
        publish(Question.BATTERY, answer -> Publisher.battery(answer, dstate));
        publish(Question.TIMES, answer -> autorestart = answer[5] != 0);
        publish(Question.SCHEDULE, answer -> Publisher.schedule(answer, dstate));
        publish(Question.STATUS, answer -> Publisher.status(answer, dstate));
    }

    private interface Use {
        void of(byte[] answer) throws IOException;
    }

    /// A question that this device has never answered is left out in future, if it answers that for its status: not
    /// all models need to know all of them.
    private void publish(Question question, Use use) throws IOException {
        if (unanswered.contains(question)) {
            return;
        }
        byte[] answer = wire.ask(question, true);
        if (answer != null) {
            answered.add(question);
            use.of(answer);
        } else if (question == Question.STATUS
                || answered.contains(question)
                || wire.ask(Question.STATUS, false) == null) {
            throw new IOException("the UPS does not answer");
        } else {
            LOG.warn("this UPS does not answer command {}, it is not asked any more", question.code);
            unanswered.add(question);
            question.variables.forEach(device.dstate()::delinfo);
        }
    }

    private void lost(IOException e) {
        model = null;
        answered.clear();
        unanswered.clear();
        endTest(device.dstate(), "Impossible to test");
        if (e instanceof PortLostException) {
            line.close();
        }
    }

    /// Whether it is busy with a test. Then it is left alone until it says what came of it.
    private boolean testing(Dstate dstate) throws IOException {
        Long since = testSince;
        if (since == null) {
            return false;
        }
        byte[] answer = wire.lateAnswer(TEST_ASKED, TEST_LISTEN);
        if (answer != null) {
            endTest(dstate, Publisher.testResult(answer[1] & 0xff));
        } else if (line.nanoTime() - since >= TEST_LASTS) {
            endTest(dstate, "Impossible to test");
        }
        return testSince != null;
    }

    private void endTest(Dstate dstate, String result) {
        if (testSince != null) {
            testSince = null;
            dstate.setinfo(TEST_RESULT, result);
            LOG.info("test of the battery: {}", result);
        }
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        try {
            line.open();
            if (cmd.equalsIgnoreCase(TEST)) {
                if (model == null) {
                    throw new IOException("the UPS does not answer");
                }
                orders.test();
                testSince = line.nanoTime();
                return Outcome.HANDLED;
            }
            return orders.instcmd(cmd, autorestart);
        } catch (PortLostException e) {
            lost(e);
            throw e;
        }
    }

    @Override
    public Outcome shutdown() throws IOException {
        line.open();
        orders.shutdown(autorestart);
        return Outcome.HANDLED;
    }

    @Override
    public void close() {
        line.close();
    }
}

package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nutjvm.drivers.snmp.agent.Fetcher;
import org.nutjvm.drivers.snmp.agent.SnmpAgent;
import org.nutjvm.drivers.snmp.engine.Answers;
import org.nutjvm.drivers.snmp.engine.Report;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// Every object is got, and nothing made up, whatever an agent makes of large requests.
class FetcherTest {
    private static final Oid ROOT = Oid.of(1, 3, 6, 1, 4, 1, 99999);

    private static Oid object(int number) {
        return ROOT.child(number).child(0);
    }

    /// An agent with each third of a hundred objects missing, and no walkable end behind them.
    private static ScriptedAgent agent(boolean version2) {
        var recording = new Recording();
        for (int i = 0; i < 100; i++) {
            if (i % 3 != 0) {
                recording.values.put(object(i), new SnmpValue.Whole(i, SnmpValue.Whole.Type.INTEGER));
            }
        }
        return new ScriptedAgent(recording, version2);
    }

    private static List<Oid> wanted() {
        var wanted = new ArrayList<Oid>();
        for (int i = 0; i < 110; i++) {
            wanted.add(object(i));
        }
        return wanted;
    }

    private static void check(ScriptedAgent agent) throws Exception {
        var answers = new Answers();
        new Fetcher(agent).fetch(wanted(), answers);
        for (var oid : wanted()) {
            assertEquals(agent.recording.get(oid), answers.get(oid), oid.toString());
        }
    }

    @Test
    void aGoodAgentIsAskedThreeTimes() throws Exception {
        var agent = agent(true);
        check(agent);
        assertEquals(3, agent.requests);
    }

    @Test
    void version1NeedsNoRequestForEachMissingObject() throws Exception {
        var agent = agent(false);
        check(agent);
        assertTrue(agent.requests <= 12, agent.requests + " requests");
    }

    @Test
    void anAgentThatWalksBadlyIsNotBelieved() throws Exception {
        var agent = agent(false);
        for (int i = 0; i < 100; i++) {
            agent.notWalked.add(object(i)); // one can get them, but not walk to them
        }
        check(agent);
    }

    @Test
    void anAgentThatSaysTooBigIsAskedForLess() throws Exception {
        for (boolean version2 : new boolean[] {true, false}) {
            var agent = agent(version2);
            agent.tooBigAbove = 7;
            check(agent);
            int first = agent.requests;
            check(agent);
            assertTrue(agent.requests <= 2 * first);
        }
    }

    @Test
    void whatIsLearnedIsKept() throws Exception {
        var agent = agent(true);
        agent.tooBigAbove = 10;
        var fetcher = new Fetcher(agent);
        fetcher.fetch(wanted(), new Answers());
        agent.requests = 0;
        agent.largest = 0;
        fetcher.fetch(wanted(), new Answers());
        assertEquals(11, agent.requests);
        assertEquals(10, agent.largest);
    }

    @Test
    void anAgentThatDropsLargeRequestsIsAskedForLess() throws Exception {
        var agent = agent(true);
        agent.silentAbove = 5;
        check(agent);
    }

    @Test
    void anAgentThatTruncatesIsAskedForTheRest() throws Exception {
        var agent = agent(true);
        agent.truncatedTo = 6;
        check(agent);
        agent.truncatedTo = 1;
        check(agent);
    }

    @Test
    void anAgentThatAnswersInDisorderIsUnderstood() throws Exception {
        var agent = agent(true);
        agent.muddled = true;
        check(agent);
    }

    @Test
    void anObjectTheAgentFailsAtHarmsNoOther() throws Exception {
        for (boolean version2 : new boolean[] {true, false}) {
            var agent = agent(version2);
            agent.cursed.add(object(5));
            agent.cursed.add(object(50));
            var answers = new Answers();
            new Fetcher(agent).fetch(wanted(), answers);
            for (int i = 0; i < 110; i++) {
                var right = i == 5 || i == 50 ? answers.get(object(i)) : agent.recording.get(object(i));
                assertEquals(right, answers.get(object(i)), "object " + i);
            }
        }
    }

    @Test
    void anObjectNothingIsSaidOfHarmsNoOther() throws Exception {
        for (boolean version2 : new boolean[] {true, false}) {
            var agent = agent(version2);
            agent.unspoken.add(object(50));
            var fetcher = new Fetcher(agent);
            var answers = new Answers();
            fetcher.fetch(wanted(), answers);
            for (int i = 0; i < 110; i++) {
                var right = i == 50 ? SnmpValue.ABSENT : agent.recording.get(object(i));
                assertEquals(right, answers.get(object(i)), "object " + i);
            }
            agent.requests = 0;
            fetcher.fetch(wanted(), new Answers());
            assertTrue(agent.requests <= (version2 ? 3 : 9), agent.requests + " requests, it is not asked for again");
        }
    }

    @Test
    void aSilentAgentIsNotAbsence() {
        var agent = agent(true);
        agent.gone = true;
        var answers = new Answers();
        assertThrows(SnmpAgent.Silent.class, () -> new Fetcher(agent).fetch(wanted(), answers));
        assertEquals(2, agent.requests, "a large request, then one object");
    }

    @Test
    void aWalkEndsWithItsTable() throws Exception {
        for (boolean version2 : new boolean[] {true, false}) {
            var recording = Recording.of("""
                    1.3.6.1.4.1.534.1.7.1.0|66|3
                    1.3.6.1.4.1.534.1.7.2.1.1.1|2|1
                    1.3.6.1.4.1.534.1.7.2.1.1.2|2|2
                    1.3.6.1.4.1.534.1.7.2.1.2.1|6|1.3.6.1.4.1.534.1.7.3
                    1.3.6.1.4.1.534.1.7.2.1.2.2|6|1.3.6.1.4.1.534.1.7.4
                    1.3.6.1.4.1.534.1.8.1.0|6|1.3.6.1.4.1.534.1.7.5
                    """);
            var count = recording.values.firstKey();
            var walk = new Report.Walk(count, count.parent().parent(), 3);
            var answers = new Answers();
            new Fetcher(new ScriptedAgent(recording, version2)).walk(walk, answers);
            assertEquals(
                    List.of(Oid.of(1, 3, 6, 1, 4, 1, 534, 1, 7, 3), Oid.of(1, 3, 6, 1, 4, 1, 534, 1, 7, 4)),
                    answers.walk(walk));
        }
    }
}

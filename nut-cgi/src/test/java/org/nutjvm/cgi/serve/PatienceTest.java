package org.nutjvm.cgi.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nutjvm.cgi.pages.Topic;
import org.nutjvm.cgi.serve.Patience.Verdict;

class PatienceTest {
    private final SocketChannel channel = SocketChannel.open();
    private final Connection one = new Connection(channel, "192.0.2.1", "192.0.2.1", null, 1000);

    PatienceTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        channel.close();
    }

    /// It stays as it is for so many seconds, and then no longer.
    private void lasts(int seconds, Verdict then) {
        assertEquals(Verdict.STAYS, Patience.with(one, 1000 + seconds));
        assertEquals(then, Patience.with(one, 1001 + seconds));
    }

    @Test
    void betweenRequests() {
        lasts(30, Verdict.DROPPED);
    }

    @Test
    void headAndBodyOfARequest() {
        one.length = 100;
        one.needed = 101;
        lasts(10, Verdict.TIMED_OUT);
        one.needed = 5000;
        lasts(30, Verdict.TIMED_OUT);
    }

    @Test
    void whoeverWorksOnTheAnswerMayTakeLong() {
        one.length = 100;
        one.busy = true;
        assertEquals(Verdict.STAYS, Patience.with(one, 100_000));
    }

    @Test
    void answersThatAreNotTaken() {
        one.out = new byte[10];
        one.answered = 1000;
        lasts(15, Verdict.DROPPED);
        one.moved = 1110;
        lasts(120, Verdict.DROPPED);
    }

    @Test
    void viewersAreReminded() {
        one.topic = new Topic.Overview();
        lasts(14, Verdict.REMINDED);
        one.out = new byte[10];
        one.moved = 5000;
        assertEquals(Verdict.STAYS, Patience.with(one, 5015));
        assertEquals(Verdict.DROPPED, Patience.with(one, 5016));
    }

    @Test
    void whatStillComesAfterTheLastAnswer() {
        one.lingering = true;
        lasts(5, Verdict.DROPPED);
    }
}

package org.nutjvm.it;

import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/// Tests that share one running stack for each choice of roles.
@ExtendWith(LogsOnFailure.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnAStack {
    @SuppressWarnings("NullAway.Init") // set before each invocation of the class
    Stack stack;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Roles roles;

    @BeforeParameterizedClassInvocation
    void start() {
        stack = Stack.running(roles);
    }

    @AfterParameterizedClassInvocation
    void end() {
        stack.close();
    }

    static List<Roles> allRoles() {
        return Roles.all();
    }

    static List<Roles> servers() {
        return Roles.servers();
    }
}

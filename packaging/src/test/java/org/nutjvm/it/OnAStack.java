package org.nutjvm.it;

import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/// Tests that share one running stack for each choice of roles.
@ExtendWith(LogsOnFailure.class)
abstract class OnAStack {
    @SuppressWarnings("NullAway.Init") // set before each invocation of the class
    static Stack stack;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Roles roles;

    @BeforeParameterizedClassInvocation
    static void start(Roles roles) {
        stack = Stack.running(roles);
    }

    @AfterParameterizedClassInvocation
    static void end() {
        stack.close();
    }

    static List<Roles> allRoles() {
        return Roles.all();
    }

    static List<Roles> servers() {
        return Roles.servers();
    }
}

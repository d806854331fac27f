package org.nutjvm.bench;

/// The least a JVM can do: the yardstick for the start-up of command-line programs.
final class Hello {
    private Hello() {}

    static void main() {
        System.out.println("Hello");
    }
}

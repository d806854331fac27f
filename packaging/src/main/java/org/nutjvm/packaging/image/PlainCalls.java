package org.nutjvm.packaging.image;

import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CompoundElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Rewrites our jars so that lambdas, `switch` over types and a record's equals, hashCode and toString are plain code.
///
/// `javac` leaves these to the library, which puts classes together for them while the program runs. JDK 25's AOT
/// cache holds the results for lambdas but not for the others, so the first of these would take each start of a daemon
/// some 50 ms; and all of them bring in some hundred classes that make classes and method handles, for good. Here each
/// call becomes one of a private method that does the same.
final class PlainCalls {
    private PlainCalls() {}

    /// Copies a jar. What is no class, and classes without such a call, stay as they are.
    static void copyJar(Path from, Path to) throws IOException {
        try (var in = new JarFile(from.toFile());
                var out = new JarOutputStream(Files.newOutputStream(to))) {
            for (var entry : (Iterable<JarEntry>) in.stream()::iterator) {
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                boolean plain = !entry.getName().endsWith(".class");
                var files = plain ? Map.of(entry.getName(), bytes) : rewritten(bytes);
                for (var file : files.entrySet()) {
                    put(out, file.getKey(), entry.getTime(), file.getValue());
                }
            }
        }
    }

    private static void put(JarOutputStream out, String name, long time, byte[] bytes) throws IOException {
        var entry = new JarEntry(name);
        entry.setTime(time);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    /// A class file with plain calls and those of the classes it needs besides, by their names in a jar.
    static Map<String, byte[]> rewritten(byte[] bytes) {
        var file = ClassFile.of();
        ClassModel model = file.parse(bytes);
        var methods = new LinkedHashMap<PlainMethod.Site, PlainMethod>();
        ClassTransform calls = ClassTransform.transformingMethodBodies(
                PlainCalls::concerns, (code, element) -> rewrite(code, element, model, methods));
        byte[] changed = file.transformClass(model, calls.andThen(new ClassTransform() {
            @Override
            public void accept(ClassBuilder builder, ClassElement element) {
                builder.with(element);
            }

            @Override
            public void atEnd(ClassBuilder builder) {
                int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
                methods.forEach((site, method) -> {
                    builder.withMethodBody(site.name(), method.type(), flags, code -> method.body(code, site));
                    method.addTo(builder, site);
                });
            }
        }));
        var files = new LinkedHashMap<String, byte[]>();
        files.put(fileName(model.thisClass().asSymbol()), methods.isEmpty() ? bytes : changed);
        methods.forEach((site, method) ->
                method.companion(site).ifPresent(other -> files.put(fileName(site.companion()), other)));
        return files;
    }

    private static String fileName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1) + ".class";
    }

    private static boolean concerns(MethodModel method) {
        return method.code().stream()
                .flatMap(CompoundElement::elementStream)
                .anyMatch(element -> element instanceof InvokeDynamicInstruction call
                        && PlainMethod.of(call).isPresent());
    }

    private static void rewrite(
            CodeBuilder code, CodeElement element, ClassModel model, Map<PlainMethod.Site, PlainMethod> methods) {
        Optional<PlainMethod> method =
                element instanceof InvokeDynamicInstruction call ? PlainMethod.of(call) : Optional.empty();
        if (method.isEmpty()) {
            code.with(element);
            return;
        }
        boolean isInterface = (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
        var site = new PlainMethod.Site(model.thisClass().asSymbol(), isInterface, methods.size());
        code.invokestatic(site.owner(), site.name(), method.get().type(), isInterface);
        methods.put(site, method.get());
    }
}

package org.nutjvm.packaging.image;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/// A lambda or method reference (java.lang.invoke.LambdaMetafactory.metafactory) as a class of its own, as an anonymous
/// class would be. What it runs may be private to the class it stands in, so that one gets a method which runs it.
///
/// @param type from what it captures to the interface
/// @param name the interface's method
/// @param erased the type of that method
/// @param called the same with the type arguments of this use
/// @param target what it runs
record PlainLambda(
        MethodTypeDesc type, String name, MethodTypeDesc erased, MethodTypeDesc called, DirectMethodHandleDesc target)
        implements PlainMethod {
    private static final String INSTANCE = "INSTANCE";

    static Optional<PlainMethod> of(String name, MethodTypeDesc type, List<LoadableConstantEntry> arguments) {
        return arguments.get(0) instanceof MethodTypeEntry erased
                        && arguments.get(1) instanceof MethodHandleEntry target
                        && arguments.get(2) instanceof MethodTypeEntry called
                ? Optional.of(new PlainLambda(type, name, erased.asSymbol(), called.asSymbol(), target.asSymbol()))
                : Optional.empty();
    }

    /// Gives out one; always the same if it captures nothing.
    @Override
    public void body(CodeBuilder code, Site site) {
        if (type.parameterCount() == 0) {
            code.getstatic(site.companion(), INSTANCE, site.companion()).areturn();
            return;
        }
        code.new_(site.companion()).dup();
        load(code, 0, type);
        code.invokespecial(site.companion(), INIT_NAME, type.changeReturnType(CD_void))
                .areturn();
    }

    @Override
    public void addTo(ClassBuilder host, Site site) {
        int access = site.isInterface() ? ClassFile.ACC_PUBLIC : 0;
        int flags = access | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
        host.withMethodBody(site.runName(), runType(), flags, this::run);
    }

    @Override
    public Optional<byte[]> companion(Site site) {
        ClassDesc self = site.companion();
        return Optional.of(ClassFile.of().build(self, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC);
            builder.withInterfaceSymbols(type.returnType());
            for (int i = 0; i < type.parameterCount(); i++) {
                builder.withField(field(i), type.parameterType(i), ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            }
            builder.withMethodBody(INIT_NAME, type.changeReturnType(CD_void), 0, code -> keep(code, self));
            builder.withMethodBody(name, erased, ClassFile.ACC_PUBLIC, code -> call(code, site));
            if (type.parameterCount() == 0) {
                builder.withField(INSTANCE, self, ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
                builder.withMethodBody(
                        "<clinit>",
                        MTD_void,
                        ClassFile.ACC_STATIC,
                        code -> code.new_(self)
                                .dup()
                                .invokespecial(self, INIT_NAME, MTD_void)
                                .putstatic(self, INSTANCE, self)
                                .return_());
            }
        }));
    }

    private static String field(int number) {
        return "captured" + number;
    }

    /// The constructor.
    private void keep(CodeBuilder code, ClassDesc self) {
        code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void);
        int slot = 1;
        for (int i = 0; i < type.parameterCount(); i++) {
            var kind = TypeKind.from(type.parameterType(i));
            code.aload(0).loadLocal(kind, slot).putfield(self, field(i), type.parameterType(i));
            slot += kind.slotSize();
        }
        code.return_();
    }

    /// The interface's method.
    private void call(CodeBuilder code, Site site) {
        for (int i = 0; i < type.parameterCount(); i++) {
            code.aload(0).getfield(site.companion(), field(i), type.parameterType(i));
        }
        int slot = 1;
        for (int i = 0; i < erased.parameterCount(); i++) {
            var kind = TypeKind.from(erased.parameterType(i));
            code.loadLocal(kind, slot);
            convert(code, erased.parameterType(i), called.parameterType(i));
            slot += kind.slotSize();
        }
        code.invokestatic(site.owner(), site.runName(), runType(), site.isInterface());
        convert(code, called.returnType(), erased.returnType());
        code.return_(TypeKind.from(erased.returnType()));
    }

    private MethodTypeDesc runType() {
        return called.insertParameterTypes(0, type.parameterArray());
    }

    /// What the class that the lambda stands in does for it.
    private void run(CodeBuilder code) {
        MethodTypeDesc given = runType();
        MethodTypeDesc wanted = target.invocationType();
        ClassDesc owner = target.owner();
        boolean constructor = target.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR;
        if (constructor) {
            code.new_(owner).dup();
        }
        int slot = 0;
        for (int i = 0; i < given.parameterCount(); i++) {
            var kind = TypeKind.from(given.parameterType(i));
            code.loadLocal(kind, slot);
            convert(code, given.parameterType(i), wanted.parameterType(i));
            slot += kind.slotSize();
        }
        var descriptor = MethodTypeDesc.ofDescriptor(target.lookupDescriptor());
        boolean isInterface = target.isOwnerInterface();
        switch (target.kind()) {
            case STATIC, INTERFACE_STATIC -> code.invokestatic(owner, target.methodName(), descriptor, isInterface);
            case VIRTUAL -> code.invokevirtual(owner, target.methodName(), descriptor);
            case INTERFACE_VIRTUAL -> code.invokeinterface(owner, target.methodName(), descriptor);
            case SPECIAL, INTERFACE_SPECIAL -> code.invokespecial(owner, target.methodName(), descriptor, isInterface);
            case CONSTRUCTOR -> code.invokespecial(owner, INIT_NAME, descriptor);
            default -> throw new IllegalArgumentException("a lambda that runs " + target);
        }
        convert(code, wanted.returnType(), given.returnType());
        code.return_(TypeKind.from(given.returnType()));
    }

    private static void load(CodeBuilder code, int from, MethodTypeDesc type) {
        int slot = from;
        for (ClassDesc parameter : type.parameterList()) {
            var kind = TypeKind.from(parameter);
            code.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
    }

    /// Makes of the value on the stack what an assignment would (the conversions of LambdaMetafactory).
    private static void convert(CodeBuilder code, ClassDesc from, ClassDesc to) {
        if (from.equals(to)) {
            return;
        }
        if (to.equals(CD_void)) {
            if (TypeKind.from(from).slotSize() == 2) {
                code.pop2();
            } else {
                code.pop();
            }
        } else if (!from.isPrimitive() && !to.isPrimitive()) {
            if (!to.equals(CD_Object)) {
                code.checkcast(to);
            }
        } else if (from.isPrimitive() && to.isPrimitive()) {
            code.conversion(TypeKind.from(from), TypeKind.from(to));
        } else if (from.isPrimitive()) {
            ClassDesc box = Boxes.of(from);
            code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, from));
        } else {
            ClassDesc value = Boxes.unboxed(from).orElse(to);
            ClassDesc box = Boxes.of(value);
            code.checkcast(box).invokevirtual(box, value.displayName() + "Value", MethodTypeDesc.of(value));
            convert(code, value, to);
        }
    }
}

# Installs the command, the library with its headers, the JSON schemas, and what find_package and pkg-config read.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/firebreak)

install(TARGETS firebreak EXPORT firebreak)
install(TARGETS firebreak_program)
install(DIRECTORY include/firebreak TYPE INCLUDE)

# The JSON schemas come out of the program itself.
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/schemas)
foreach(name impact blast explain check topology)
  set(schema ${PROJECT_BINARY_DIR}/schemas/${name}.schema.json)
  add_custom_command(OUTPUT ${schema} COMMAND firebreak_program schema ${name} -o ${schema} DEPENDS firebreak_program)
  list(APPEND schemas ${schema})
endforeach()
add_custom_target(firebreak_schemas ALL DEPENDS ${schemas})
install(FILES ${schemas} DESTINATION ${CMAKE_INSTALL_DATADIR}/firebreak/schemas)

install(EXPORT firebreak NAMESPACE firebreak:: FILE firebreak-targets.cmake DESTINATION ${package_dir})
configure_package_config_file(cmake/firebreak-config.cmake.in firebreak-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(firebreak-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/firebreak-config.cmake ${PROJECT_BINARY_DIR}/firebreak-config-version.cmake
  DESTINATION ${package_dir})

file(RELATIVE_PATH pc_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" pc_prefix "${pc_prefix}")
configure_file(cmake/firebreak.pc.in firebreak.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/firebreak.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

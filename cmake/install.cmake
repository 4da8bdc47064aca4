# Installs the command, the library with its headers, the JSON schemas, and what find_package and pkg-config read.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/firebreak)

install(TARGETS firebreak EXPORT firebreak)
install(TARGETS firebreak_program)
install(DIRECTORY include/firebreak TYPE INCLUDE)
install(DIRECTORY report/schemas DESTINATION ${CMAKE_INSTALL_DATADIR}/firebreak)

install(EXPORT firebreak NAMESPACE firebreak:: FILE firebreak-targets.cmake DESTINATION ${package_dir})
configure_package_config_file(cmake/firebreak-config.cmake.in firebreak-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(firebreak-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/firebreak-config.cmake ${PROJECT_BINARY_DIR}/firebreak-config-version.cmake
  DESTINATION ${package_dir})

file(RELATIVE_PATH pc_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" pc_prefix "${pc_prefix}")
configure_file(cmake/firebreak.pc.in firebreak.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/firebreak.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

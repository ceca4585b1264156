/** Unit tests of Lightning components: `npm test -- components`. */
const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

module.exports = {
  ...jestConfig,
  moduleNameMapper: { ...jestConfig.moduleNameMapper, '^page-test$': '<rootDir>/test/components/page-test.js' },
  roots: ['<rootDir>/force-app'],
  testMatch: ['**/__tests__/**/*.test.js'],
  collectCoverageFrom: ['force-app/main/default/lwc/**/*.js'],
  coverageDirectory: 'coverage/components',
  cacheDirectory: '.cache/jest',
};
